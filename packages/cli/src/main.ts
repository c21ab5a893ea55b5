import { parseArguments, toFlags } from './arguments';
import { exitCodes, toExitCode } from './exitCodes';
import { usage } from './usage';
import { UsageError } from './usageError';

/** Runs one command. The report goes to stdout, progress to stderr. @returns the exit code */
async function main(argv: string[]): Promise<number> {
  if (argv.includes('--help') || argv.length === 0) {
    process.stdout.write(usage);
    return argv.length === 0 ? exitCodes.usage : exitCodes.done;
  }
  const cancel = new AbortController();
  let signals = 0;
  const stop = () => {
    // a second signal ends the process at once
    signals += 1;
    if (signals > 1) process.exit(exitCodes.cancelled);
    cancel.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const options = parseArguments(argv);
    // the AWS SDK is loaded only once the arguments are right
    const { openEnvironment } = await import('./openEnvironment');
    const { commands } = await import('./commands');
    const environment = await openEnvironment(options, cancel.signal);
    const { report, code } = await commands[options.command](
      environment,
      options,
    );
    process.stdout.write(report[options.format]);
    return code;
  } catch (error) {
    if (cancel.signal.aborted) {
      process.stderr.write('Cancelled\n');
      return exitCodes.cancelled;
    }
    process.stderr.write(`${toFlags((error as Error).message)}\n`);
    if (error instanceof UsageError) process.stderr.write(`\n${usage}`);
    return toExitCode(error);
  }
}

void main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
