import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Finds an earlier task that is creating a project of the same name. Of tasks that check at the same time, each sees
 * the others, and all but the first one are refused.
 *
 * @returns what is wrong, and what to do
 */
export async function findRival(
  { auth, scaffolder }: Pick<DataLakeServices, 'auth' | 'scaffolder'>,
  { task }: Pick<StepContext<unknown>, 'task'>,
  name: string,
): Promise<string | undefined> {
  const credentials = await auth.getOwnServiceCredentials();
  const { items } = await scaffolder.listTasks(
    { status: ['open', 'processing'] },
    { credentials },
  );
  const own =
    items.find(({ id }) => id === task.id) ??
    (await scaffolder.getTask({ taskId: task.id }, { credentials }));
  const rival = items.find(
    each => isOfName(each, name) && compareAge(each, own) < 0,
  );
  if (!rival) return undefined;
  return `Task ${rival.id} of ${
    rival.spec.user?.ref ?? 'somebody'
  } is creating a project ${name}. Wait until it has ended, or choose another project name`;
}

type ScaffolderTask = Awaited<ReturnType<ScaffolderService['getTask']>>;

const isOfName = ({ spec }: ScaffolderTask, name: string) =>
  spec.parameters.name === name &&
  spec.steps.some(({ action }) => action === 'data-lake:project:check');

const compareAge = (a: ScaffolderTask, b: ScaffolderTask): number =>
  compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id);

const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
