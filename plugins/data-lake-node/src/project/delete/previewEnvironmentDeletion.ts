import {
  DeletionPreview,
  NamedResource,
} from '@data-lake/plugin-data-lake-common';
import { describeDeletion, StackDeletionPlan } from '@data-lake/cloudformation';
import { findMeaning } from './meanings';
import {
  DeletionPlanOptions,
  EnvironmentDeletionPlan,
  planEnvironmentDeletion,
} from './planEnvironmentDeletion';
import { toDeletionPreview } from './toDeletionPreview';

/**
 * Tells what `deleteEnvironment` would delete and leave, in the log and as data. Changes nothing.
 *
 * @throws the errors of `planEnvironmentDeletion`
 * @public
 */
export async function previewEnvironmentDeletion(
  options: DeletionPlanOptions,
): Promise<DeletionPreview> {
  const plan = await planEnvironmentDeletion(options);
  describeEnvironmentDeletion(plan).forEach(line => options.log(line));
  options.log(
    `Nothing was deleted. To delete it, confirm with its name, ${plan.confirm}`,
  );
  return toDeletionPreview(plan);
}

/** Describes a planned deletion, one line per file and resource. */
function describeEnvironmentDeletion(plan: EnvironmentDeletionPlan): string[] {
  const { stacks, dags, beside } = plan;
  const files = dags
    ? dags.files.map(path => `  - s3://${dags.bucket}/${dags.prefix}${path}`)
    : [];
  return [
    ...files,
    ...stacks.flatMap(stack => [
      ...describeDeletion(stack),
      ...(stack.does === 'nothing' ? stack.stays.map(toLeftLine) : []),
    ]),
    ...beside.goes.map(each => `  - ${toNamedText(each)}`),
    ...(beside.stays.length > 0 ? ['Stays beside the stacks:'] : []),
    ...beside.stays.map(each => `  = ${toNamedText(each)}`),
  ];
}

const toLeftLine = (resource: StackDeletionPlan['stays'][number]) =>
  `  = ${resource.type} ${resource.physicalId}, left by it: ${findMeaning(
    resource,
  )}`;

const toNamedText = ({ type, name, meaning }: NamedResource) =>
  `${type} ${name}: ${meaning}`;
