import { taskReports } from './taskReports';

/** Checkpoints as the scaffolder stores them: a later run replays only those that succeeded. */
class Task {
  private readonly saved = new Map<string, unknown>();

  run() {
    const before = new Map(this.saved);
    return taskReports({
      checkpoint: async ({ key, fn }: any) => {
        if (before.has(key)) return before.get(key) as any;
        const value = await fn();
        this.saved.set(key, value);
        return value;
      },
    });
  }
}

describe('taskReports', () => {
  it('knows in a later run what an earlier one reported, and nothing else', async () => {
    const task = new Task();
    const first = task.run();
    expect(await first.has('a')).toBe(false);
    await first.add('a');
    const second = task.run();
    expect(await second.has('a')).toBe(true);
    expect(await second.has('b')).toBe(false);
  });

  it('fails if the state of the task cannot be read', async () => {
    const reports = taskReports({
      checkpoint: async () => {
        throw new Error('database is down');
      },
    });
    await expect(reports.has('a')).rejects.toThrow('database is down');
  });
});
