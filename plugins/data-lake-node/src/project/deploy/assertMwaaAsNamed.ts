import { InputError, NotFoundError } from '@backstage/errors';
import { AwsClients, getMwaaEnvironment } from '@data-lake/aws';
import { ProjectFiles } from '../spec/readProjectFiles';
import { makesMwaa, toDagPath } from '../spec/ownMwaa';

/**
 * Refuses a `project.yaml` that names another bucket, DAG folder or execution role than its MWAA environment
 * has: the stack gives that role a policy, and the DAGs go into that bucket. Of one that a project makes itself,
 * `readProjectFiles` has compared the names already.
 *
 * @throws NotFoundError if there is no such environment and no stack of the project makes it; InputError
 */
export async function assertMwaaAsNamed(options: {
  clients: AwsClients;
  files: ProjectFiles;
  signal?: AbortSignal;
}): Promise<void> {
  const { clients, files, signal } = options;
  const { mwaaEnvironment, mwaaBucket, parameters } = files.deployment;
  const isOwn = makesMwaa(files.stacks);
  const found = await getMwaaEnvironment(
    clients,
    mwaaEnvironment,
    signal,
  ).catch(error => {
    if (error instanceof NotFoundError && isOwn) return undefined;
    throw error;
  });
  if (!found) return;
  const named = {
    bucket: mwaaBucket,
    dagPath: toDagPath(files.deployment),
    executionRole: parameters.MwaaExecutionRoleName,
  };
  const wrong = Object.entries(named)
    .filter(([key, value]) => found[key as keyof typeof named] !== value)
    .map(
      ([key, value]) =>
        `${key} is ${found[key as keyof typeof named]}, not ${value}`,
    );
  if (wrong.length === 0) return;
  throw new InputError(
    `project.yaml describes MWAA environment ${mwaaEnvironment} wrongly: ${wrong.join(
      '; ',
    )}. Correct mwaa of the environment`,
  );
}
