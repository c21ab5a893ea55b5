import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from './output.ts';
import { logs, root } from './paths.ts';

interface Command {
  /** Its name in messages, and that of its log. */
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Receives each line that it prints. */
  onLine?: (line: string) => void;
  /** Write its output to the terminal, not to a log; optional, default false. */
  inherit?: boolean;
}

/** Runs a command. @throws UserError with the end of its output if it fails */
export async function run(command: Command): Promise<void> {
  const code = await runForCode(command);
  if (code !== 0) {
    throw new UserError(
      command.inherit
        ? `${command.name} failed (exit ${code})`
        : `${command.name} failed (exit ${code}). The end of ${logPath(
            command.name,
          )}:\n${await tail(command.name)}`,
    );
  }
}

/** Runs a command and returns its exit code. */
export async function runForCode(command: Command): Promise<number> {
  return startProcess(command).exited;
}

export interface RunningProcess {
  name: string;
  child: ChildProcess;
  /** Its exit code, once it has ended; 1 if a signal ended it or it could not start. */
  exited: Promise<number>;
}

/** Starts a command as a process group of its own, so that `stopAll` ends its children too. */
export function startProcess(command: Command): RunningProcess {
  const { name, args, cwd = root, env = process.env, onLine } = command;
  mkdirSync(logs, { recursive: true });
  const child = spawn(command.command, args, {
    cwd,
    env,
    detached: true,
    stdio: command.inherit
      ? ['ignore', 'inherit', 'inherit']
      : ['ignore', 'pipe', 'pipe'],
  });
  if (!command.inherit) {
    const log = createWriteStream(logPath(name));
    for (const stream of [child.stdout!, child.stderr!]) {
      createInterface({ input: stream }).on('line', line => {
        log.write(`${line}\n`);
        onLine?.(line);
      });
    }
  }
  if (lowPriority.getStore() && child.pid) {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  }
  const exited = new Promise<number>(resolve => {
    child.once('error', error => {
      console.error(`${name}: ${error.message}`);
      resolve(1);
    });
    child.once('close', code => resolve(code ?? 1));
  });
  const running = { name, child, exited };
  alive.add(running);
  void exited.then(() => alive.delete(running));
  return running;
}

const alive = new Set<RunningProcess>();

/** Does work whose processes, and all that these start, give way to other processes. */
export function atLowPriority<T>(work: () => Promise<T>): Promise<T> {
  return lowPriority.run(true, work);
}

const lowPriority = new AsyncLocalStorage<boolean>();

/** Ends all processes that were started here: SIGTERM first, SIGKILL after 15 seconds. */
export async function stopAll(): Promise<void> {
  const groups = [...alive];
  groups.forEach(group => signal(group, 'SIGTERM'));
  const stopped = Promise.all(groups.map(group => group.exited));
  const late = new Promise(resolve => setTimeout(resolve, 15_000, 'late'));
  if ((await Promise.race([stopped, late])) === 'late') {
    groups.forEach(group => signal(group, 'SIGKILL'));
    await stopped;
  }
}

/** Ends one process and its children. */
export async function stopProcess(running: RunningProcess): Promise<void> {
  signal(running, 'SIGTERM');
  const kill = setTimeout(() => signal(running, 'SIGKILL'), 15_000);
  await running.exited;
  clearTimeout(kill);
}

function signal({ child }: RunningProcess, name: NodeJS.Signals) {
  try {
    process.kill(-child.pid!, name);
  } catch {
    // It has ended already.
  }
}

/** Reads the last lines of a command's log. */
export async function tail(name: string, lines = 25): Promise<string> {
  const text = await readFile(logPath(name), 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Reads the last lines of each log whose name starts with a prefix. */
export async function tails(prefix: string): Promise<string> {
  const start = basename(logPath(prefix), '.log');
  const names = (await readdir(logs)).filter(name => name.startsWith(start));
  const texts = await Promise.all(
    names.map(
      async name => `── ${name}\n${await tail(basename(name, '.log'), 60)}`,
    ),
  );
  return texts.join('\n');
}

/** Path of a command's log. */
export function logPath(name: string): string {
  return join(logs, `${name.replace(/[^a-z0-9.-]+/gi, '-')}.log`);
}
