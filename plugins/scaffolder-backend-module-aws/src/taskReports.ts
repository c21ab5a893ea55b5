import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { FailureReports } from '@data-lake/cloudformation';

/**
 * Keeps in the task's own state which failures were reported. After a restart, a failure that was not
 * reported yet is reported; after a manual retry, it is tried again.
 *
 * @public
 */
export function taskReports({
  checkpoint,
}: Pick<ActionContext<any>, 'checkpoint'>): FailureReports {
  const key = (token: string) => `reported.${token}`;
  return {
    async has(token) {
      // a checkpoint that succeeded is not run again, and there is no other way to look at one
      const missing = new Error('Not reported yet');
      try {
        await checkpoint({
          key: key(token),
          fn: async (): Promise<boolean> => {
            throw missing;
          },
        });
        return true;
      } catch (error) {
        if (error !== missing) throw error;
        return false;
      }
    },
    async add(token) {
      await checkpoint({ key: key(token), fn: async () => true });
    },
  };
}
