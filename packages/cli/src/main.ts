import { run } from './run';

const cancel = new AbortController();
let signals = 0;
const stop = () => {
  // a second signal ends the process at once
  signals += 1;
  if (signals > 1) process.exit(130);
  cancel.abort();
};
process.on('SIGINT', stop).on('SIGTERM', stop);

void run(process.argv.slice(2), {
  signal: cancel.signal,
  out: text => void process.stdout.write(text),
  log: text => void process.stderr.write(text),
  // the AWS SDK is loaded only once the arguments are right
  act: async (options, context) => {
    const { openEnvironment } = await import('./openEnvironment');
    const { commands } = await import('./commands');
    const environment = await openEnvironment(options, context);
    return commands[options.command](environment, options);
  },
}).then(code => {
  process.exitCode = code;
});
