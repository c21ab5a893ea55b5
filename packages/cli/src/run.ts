import { redact } from '@data-lake/aws';
import type { ActContext } from './actContext';
import { asksForJson, Options, parseArguments } from './arguments';
import type { CommandResult } from './commands/command';
import { exitCodes } from './exitCodes';
import { Failure, toFailure } from './failure';
import { commandNames } from './options';
import { toUsage } from './usage';
import { UsageError } from './usageError';
import { version } from './version';

/** What a command does, where it writes, and what cancels it. */
export interface Surroundings {
  signal: AbortSignal;
  /** Writes to stdout: the report, and with `--format json` a failure. */
  out: (text: string) => void;
  /** Writes to stderr: progress, and a failure, without secrets. */
  log: (text: string) => void;
  /** Does what the command is for. */
  act: (options: Options, context: ActContext) => Promise<CommandResult>;
}

/** Runs one command. @returns the exit code */
export async function run(
  argv: string[],
  { signal, out, log, act }: Surroundings,
): Promise<number> {
  // a text of AWS, of Airflow or of the project may hold a secret, and CI keeps its logs
  const write = (line: string) => log(`${redact(line)}\n`);
  const asked = answerQuestion(argv);
  if (asked !== undefined) {
    out(asked);
    return exitCodes.done;
  }
  try {
    const options = parseArguments(argv);
    const { report, code } = await act(options, { signal, log: write });
    out(report[options.format]);
    return code;
  } catch (error) {
    const failure = signal.aborted ? cancelled : toFailure(error);
    write(failure.error.message);
    if (asksForJson(argv)) out(`${JSON.stringify(failure)}\n`);
    else if (error instanceof UsageError) log(`\n${usageOf(argv)}`);
    return failure.exitCode;
  }
}

const cancelled: Failure = {
  error: { name: 'AbortError', message: 'Cancelled' },
  exitCode: exitCodes.cancelled,
};

/** Answers what needs no environment: help and version. */
function answerQuestion(argv: string[]): string | undefined {
  if (argv.some(each => each === '--help' || each === '-h')) {
    return usageOf(argv);
  }
  return argv.includes('--version') ? `${version}\n` : undefined;
}

/** The usage of the command that is named, or of all. */
const usageOf = (argv: string[]) =>
  toUsage(commandNames.find(name => name === argv[0]));
