import { toResourceText } from '../stack/stackResources';
import { StackDeletionPlan } from './planStackDeletion';

/**
 * Describes a planned deletion, one line per resource.
 *
 * @public
 */
export function describeDeletion(plan: StackDeletionPlan): string[] {
  const { stackName, does, goes, stays, fullBuckets } = plan;
  if (does === 'nothing') return [`Stack ${stackName} does not exist`];
  if (does === 'follow') return [`Stack ${stackName} is already being deleted`];
  return [
    `Deleting stack ${stackName} deletes ${goes.length} ${
      goes.length === 1 ? 'resource' : 'resources'
    }`,
    ...goes.map(
      resource =>
        `  - ${toResourceText(resource)}${
          resource.keepsSnapshot ? ', of which a snapshot stays' : ''
        }`,
    ),
    ...(stays.length > 0 ? ['Retained, to be deleted manually:'] : []),
    ...stays.map(resource => `  = ${toResourceText(resource)}`),
    ...fullBuckets.map(bucket => `  ! Bucket ${bucket} holds objects`),
  ];
}
