import { UserError } from './output.ts';
import { stopAll } from './processes.ts';

interface Command {
  usage: string;
  does: string;
  load: () => Promise<(args: string[]) => Promise<void>>;
}

const commands: Record<string, Command> = {
  start: {
    usage: 'start',
    does: 'set up everything and serve Backstage with the local AWS on http://127.0.0.1:7007',
    load: async () => (await import('./commands/start.ts')).start,
  },
  demo: {
    usage: 'demo',
    does: 'make, deploy and run a data lake over the REST APIs; prints one JSON line',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  test: {
    usage: 'test [PART…]',
    does: 'set up everything and run all tests (or: unit, local-aws, skeleton, cases, integration, e2e, runs, permissions)',
    load: async () => (await import('./commands/test.ts')).test,
  },
  check: {
    usage: 'check',
    does: 'types, lint, format, config, api reports, licences, Python and templates',
    load: async () => (await import('./commands/check.ts')).check,
  },
  e2e: {
    usage: 'e2e',
    does: 'the browser test alone',
    load: async () => async () =>
      (await import('./commands/test.ts')).test(['e2e']),
  },
  render: {
    usage: 'render CASE DIR',
    does: 'render a case of templates/mwaa-data-lake/cases into DIR as the scaffolder does',
    load: async () => (await import('./commands/render.ts')).render,
  },
  bench: {
    usage: 'bench NAME',
    does: 'measure, print a table and one JSON line (start, deploy, upload, data)',
    load: async () => (await import('./commands/bench.ts')).bench,
  },
  reset: {
    usage: 'reset [--all]',
    does: 'empty .local: databases, repositories, buckets (--all: Python environments too)',
    load: async () => (await import('./commands/reset.ts')).reset,
  },
  yarn: {
    usage: 'yarn ARGS…',
    does: "run the project's Yarn with the project's Node.js",
    load: async () => (await import('./commands/tools.ts')).yarn,
  },
  node: {
    usage: 'node ARGS…',
    does: "run the project's Node.js",
    load: async () => (await import('./commands/tools.ts')).node,
  },
};

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, stop);
}

async function stop(signal: NodeJS.Signals) {
  stopping = true;
  console.error('\nStopping…');
  await stopAll();
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

const [name = 'help', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error('Usage: ./dev COMMAND\n');
  for (const { usage, does } of Object.values(commands)) {
    console.error(`  ${usage.padEnd(18)}${does}`);
  }
  process.exit(name === 'help' || name === '--help' ? 0 : 2);
}
try {
  await (
    await command.load()
  )(args);
  await stopAll();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  if (stopping) {
    // What was stopped ends with errors; the signal's handler has the last word.
    await new Promise(() => {});
  }
  const known = error instanceof UserError;
  console.error(
    `\ndev ${name}: ${known ? error.message : (error as Error).stack}`,
  );
  await stopAll();
  process.exit(1);
}
