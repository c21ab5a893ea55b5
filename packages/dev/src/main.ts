import { commands } from './commands.ts';
import { UserError } from './output.ts';
import { stopAll } from './processes.ts';

// Python keeps what it compiles, whatever the shell says: else each process that imports Airflow compiles all of it.
delete process.env.PYTHONDONTWRITEBYTECODE;

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
    // The commands that were stopped end with errors; the signal's handler exits.
    await new Promise(() => {});
  }
  const known = error instanceof UserError;
  console.error(
    `\ndev ${name}: ${known ? error.message : (error as Error).stack}`,
  );
  await stopAll();
  process.exit(1);
}
