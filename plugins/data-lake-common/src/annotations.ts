import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { DeployedEnvironment, StackRef } from './environment';

/** `data-lake/environment-<name>` holds the stack ARNs of one environment, separated by commas. @public */
export const environmentAnnotationPrefix = 'data-lake/environment-';

/** Whether the entity has a pipeline: at least one environment annotation. @public */
export function hasPipeline(entity: Entity): boolean {
  return listEnvironmentAnnotations(entity).length > 0;
}

/**
 * Reads the environments of an entity, by name.
 *
 * @throws InputError with the annotation and the rule it breaks
 * @public
 */
export function parseEnvironments(entity: Entity): DeployedEnvironment[] {
  return listEnvironmentAnnotations(entity)
    .map(([key, text]) => parseEnvironment(key, text))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Reads one annotation.
 *
 * @param key - `data-lake/environment-<name>`
 * @param text - stack ARNs, separated by commas
 * @throws InputError with the annotation and the rule it breaks
 * @public
 */
export function parseEnvironment(
  key: string,
  text: string,
): DeployedEnvironment {
  const stacks = text.split(',').map(arn => parseStackArn(key, arn.trim()));
  const { account, region } = stacks[0];
  if (stacks.some(s => s.account !== account || s.region !== region)) {
    throw new InputError(
      `Annotation ${key}: all stacks of one environment must be in the same account and region`,
    );
  }
  return { name: toEnvironmentName(key), account, region, stacks };
}

/** Lists the environment annotations of an entity: key and text, by key. @public */
export function listEnvironmentAnnotations(
  entity: Entity,
): [key: string, text: string][] {
  return Object.entries(entity.metadata.annotations ?? {})
    .filter(([key]) => key.startsWith(environmentAnnotationPrefix))
    .sort(([a], [b]) => Number(a > b) - Number(a < b));
}

/** `data-lake/environment-demo` → `demo` @public */
export function toEnvironmentName(key: string): string {
  return key.slice(environmentAnnotationPrefix.length);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
const stackArn =
  /^arn:aws[a-z-]*:cloudformation:([a-z0-9-]+):(\d{12}):stack\/([A-Za-z][A-Za-z0-9-]{0,127})(\/[0-9a-f-]+)?$/;

function parseStackArn(key: string, arn: string): StackRef {
  const match = stackArn.exec(arn);
  if (!match) {
    throw new InputError(
      `Annotation ${key}: '${arn}' is not a stack ARN such as arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-demo-foundations`,
    );
  }
  return { region: match[1], account: match[2], name: match[3] };
}
