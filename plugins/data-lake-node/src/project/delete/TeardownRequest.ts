import { DeployedEnvironment } from '@data-lake/plugin-data-lake-common';
import { foundations } from '../spec/stackOrder';

/** An environment to delete, by the catalog or by `project.yaml` (see `toTeardownRequest`). @public */
export interface TeardownRequest {
  /** The environment with its stacks; the project's optional stacks are found beside those named. */
  environment: DeployedEnvironment;
  /** Ref of the entity that every stack must belong to, by its tag `data-lake:entity`. */
  entityRef: string;
  /** Folder of the DAG's files, ending in `P-E/`; optional, default where the environment's Airflow reads. */
  dags?: { bucket: string; prefix: string };
  /** First of the two keys to the data: `removable: true` of the environment in `project.yaml`. */
  removable?: boolean;
}

/**
 * Converts an environment to the name that a person types to confirm its deletion: `<project>-<environment>`.
 *
 * @public
 */
export function toConfirmation({
  stacks,
}: Pick<DeployedEnvironment, 'stacks'>): string {
  const suffix = `-${foundations}`;
  const main = stacks.find(({ name }) => name.endsWith(suffix));
  return main ? main.name.slice(0, -suffix.length) : stacks[0].name;
}
