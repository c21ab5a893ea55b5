import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { Reports } from '@data-lake/cloudformation';

/**
 * What the task was told, in its own state: after a restart, a failure that nobody was told is told;
 * after a manual retry, it was told, and is tried again.
 */
export function taskReports({
  checkpoint,
}: Pick<ActionContext<any>, 'checkpoint'>): Reports {
  const key = (token: string) => `told.${token}`;
  return {
    async has(token) {
      // a checkpoint that succeeded is not run again, and there is no other way to look at one
      const untold = new Error('Not told yet');
      try {
        await checkpoint({
          key: key(token),
          fn: async (): Promise<boolean> => {
            throw untold;
          },
        });
        return true;
      } catch (error) {
        if (error !== untold) throw error;
        return false;
      }
    },
    async add(token) {
      await checkpoint({ key: key(token), fn: async () => true });
    },
  };
}
