import { availableParallelism } from 'node:os';

/** Work that may run beside other work. */
export interface Task<Name extends string = string> {
  name: Name;
  /** Processor cores that it keeps busy, about. */
  cores: number;
  /** Tasks that end before it starts; those that are not run do not count. */
  after?: readonly Name[];
  /** What it must have for itself: tasks that hold the same take turns, in their order. */
  holds?: string;
  run: () => Promise<unknown>;
}

/**
 * Runs tasks side by side while the machine has cores for them, and starts them in their order. A task that wants
 * more cores than there are runs alone.
 *
 * @throws what the first failed task throws; no further task starts
 */
export async function runSideBySide<Name extends string>(
  tasks: readonly Task<Name>[],
  cores = availableParallelism(),
): Promise<void> {
  const waiting = [...tasks];
  const running = new Map<Task<Name>, Promise<unknown>>();
  for (;;) {
    for (const task of [...waiting]) {
      if (mayStart(task, { waiting, running: [...running.keys()], cores })) {
        waiting.splice(waiting.indexOf(task), 1);
        running.set(
          task,
          task.run().finally(() => running.delete(task)),
        );
      }
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (waiting.length > 0) {
    const names = waiting.map(({ name }) => name).join(', ');
    throw new Error(`These tasks wait for each other: ${names}`);
  }
}

function mayStart<Name extends string>(
  task: Task<Name>,
  now: {
    waiting: readonly Task<Name>[];
    running: readonly Task<Name>[];
    cores: number;
  },
): boolean {
  const { waiting, running, cores } = now;
  const busy = running.reduce((sum, each) => sum + each.cores, 0);
  const earlier = waiting.slice(0, waiting.indexOf(task));
  const isTaken = [...running, ...earlier].some(
    ({ holds }) => holds !== undefined && holds === task.holds,
  );
  const unfinished = [...running, ...waiting].map(({ name }) => name);
  return (
    (running.length === 0 || busy + task.cores <= cores) &&
    !isTaken &&
    !task.after?.some(name => unfinished.includes(name))
  );
}
