import type {
  EnvironmentStatus,
  Pipeline,
} from '@data-lake/plugin-data-lake-common';
import type { BackstageClient } from '../backstageClient.ts';
import { fail } from '../output.ts';

/** Name of the environment that the demo deploys. */
export const demoEnvironment = 'demo';

/** Path of a project's entity in the API of the data lake. */
export function entityPath(project: string): string {
  return `/data-lake/entities/default/component/${project}`;
}

/** Reads the project's environment as last observed. */
export async function getEnvironment(
  client: BackstageClient,
  project: string,
): Promise<EnvironmentStatus> {
  const { environments } = await client.get<Pipeline>(
    `${entityPath(project)}/pipeline`,
  );
  return (
    environments.find(({ name }) => name === demoEnvironment) ??
    fail(`The project ${project} has no environment ${demoEnvironment}`)
  );
}

/** Lists the names of an environment's tables. */
export function listTables({ resources }: EnvironmentStatus): string[] {
  return resources
    .filter(({ type }) => type === 'AWS::Glue::Table')
    .map(({ name }) => name)
    .sort();
}
