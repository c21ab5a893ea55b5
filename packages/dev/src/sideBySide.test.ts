import { runSideBySide, type Task } from './sideBySide.ts';

/** Tasks that end when they are told to, with a record of which run. */
function makeTasks(wanted: Omit<Task, 'run'>[]) {
  const running = new Set<string>();
  const ends = new Map<string, (error?: Error) => void>();
  const tasks = wanted.map(task => ({
    ...task,
    run: () =>
      new Promise<void>((resolve, reject) => {
        running.add(task.name);
        ends.set(task.name, error => {
          running.delete(task.name);
          return error ? reject(error) : resolve();
        });
      }),
  }));
  const end = async (name: string, error?: Error) => {
    ends.get(name)!(error);
    await new Promise(setImmediate);
    return [...running];
  };
  return { tasks, end, running: () => [...running] };
}

describe('runSideBySide', () => {
  it('runs as many tasks as the machine has cores, in their order', async () => {
    const { tasks, end, running } = makeTasks([
      { name: 'a', cores: 1 },
      { name: 'b', cores: 1 },
      { name: 'c', cores: 1 },
    ]);
    const done = runSideBySide(tasks, 2);
    expect(running()).toEqual(['a', 'b']);
    expect(await end('a')).toEqual(['b', 'c']);
    await end('b');
    expect(await end('c')).toEqual([]);
    await done;
  });

  it('runs a task alone that wants all cores, or more than there are', async () => {
    const { tasks, end, running } = makeTasks([
      { name: 'large', cores: 7 },
      { name: 'small', cores: 1 },
      { name: 'also large', cores: 2 },
    ]);
    const done = runSideBySide(tasks, 2);
    expect(running()).toEqual(['large']);
    expect(await end('large')).toEqual(['small']);
    expect(await end('small')).toEqual(['also large']);
    await end('also large');
    await done;
  });

  it('lets a task that fits start before one that does not', async () => {
    const { tasks, end, running } = makeTasks([
      { name: 'a', cores: 1 },
      { name: 'large', cores: 2 },
      { name: 'b', cores: 1 },
    ]);
    const done = runSideBySide(tasks, 2);
    expect(running()).toEqual(['a', 'b']);
    await end('a');
    expect(await end('b')).toEqual(['large']);
    await end('large');
    await done;
  });

  it('lets tasks that hold the same take turns, in their order', async () => {
    const { tasks, end, running } = makeTasks([
      { name: 'large', cores: 4, holds: 'servers' },
      { name: 'small', cores: 1, holds: 'servers' },
      { name: 'other', cores: 1, holds: 'disk' },
      { name: 'free', cores: 1 },
    ]);
    const done = runSideBySide(tasks, 5);
    expect(running()).toEqual(['large', 'other']);
    expect(await end('other')).toEqual(['large', 'free']);
    await end('free');
    expect(await end('large')).toEqual(['small']);
    await end('small');
    await done;
  });

  it('starts a task after those that it reads, wherever they stand', async () => {
    const { tasks, end, running } = makeTasks([
      { name: 'reader', cores: 1, after: ['types', 'not run'] },
      { name: 'types', cores: 1 },
    ]);
    const done = runSideBySide(tasks, 2);
    expect(running()).toEqual(['types']);
    expect(await end('types')).toEqual(['reader']);
    await end('reader');
    await done;
  });

  it('throws the first failure, and starts nothing more', async () => {
    const { tasks, end, running } = makeTasks([
      { name: 'a', cores: 1 },
      { name: 'b', cores: 1 },
    ]);
    const done = runSideBySide(tasks, 1);
    done.catch(() => undefined);
    await end('a', new Error('no disk'));
    await expect(done).rejects.toThrow('no disk');
    expect(running()).toEqual([]);
  });

  it('throws if tasks wait for each other', async () => {
    const { tasks } = makeTasks([
      { name: 'a', cores: 1, after: ['b'] },
      { name: 'b', cores: 1, after: ['a'] },
    ]);
    await expect(runSideBySide(tasks, 2)).rejects.toThrow(
      'These tasks wait for each other: a, b',
    );
  });
});
