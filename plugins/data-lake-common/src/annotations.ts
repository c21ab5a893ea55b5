import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/** `data-lake/environment-<name>` holds the stack ARNs of one environment, separated by commas. @public */
export const environmentAnnotationPrefix = 'data-lake/environment-';

/** A stack as an annotation names it. @public */
export interface StackRef {
  account: string;
  region: string;
  name: string;
}

/** One environment of an entity, as its annotation names it. @public */
export interface EnvironmentRef {
  name: string;
  account: string;
  region: string;
  /** One or more; all in the same account and region. */
  stacks: StackRef[];
}

/** Whether the entity has a pipeline: at least one environment annotation. @public */
export function hasPipeline(entity: Entity): boolean {
  return Object.keys(entity.metadata.annotations ?? {}).some(key =>
    key.startsWith(environmentAnnotationPrefix),
  );
}

/**
 * The environments of an entity, by name.
 *
 * @throws InputError with the annotation and the rule it breaks
 * @public
 */
export function parseEnvironments(entity: Entity): EnvironmentRef[] {
  return Object.entries(entity.metadata.annotations ?? {})
    .filter(([key]) => key.startsWith(environmentAnnotationPrefix))
    .map(([key, text]) => parseEnvironment(key, text))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function parseEnvironment(key: string, text: string): EnvironmentRef {
  const stacks = text.split(',').map(arn => parseStackArn(key, arn.trim()));
  const { account, region } = stacks[0];
  if (stacks.some(s => s.account !== account || s.region !== region)) {
    throw new InputError(
      `Annotation ${key}: all stacks of one environment must be in the same account and region`,
    );
  }
  const name = key.slice(environmentAnnotationPrefix.length);
  return { name, account, region, stacks };
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
