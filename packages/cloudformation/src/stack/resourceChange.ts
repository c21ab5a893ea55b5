import {
  PolicyAction,
  ResourceChange as SdkResourceChange,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import type {
  PreviewedResource,
  PropertyChange,
} from '@data-lake/plugin-data-lake-common';
import { Changes } from './request';
import { isStateful } from '../template/stateful';

/** What a change set does to one resource. @public */
export type ResourceChange = PreviewedResource;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html */
export function toResourceChange(change: SdkResourceChange): ResourceChange {
  const type = change.ResourceType ?? '';
  const does = toDoes(change);
  const leaves = does !== 'added' && does !== 'changed';
  return {
    logicalId: change.LogicalResourceId ?? '',
    type,
    physicalId: change.PhysicalResourceId || undefined,
    does,
    properties: toProperties(change.Details ?? []),
    former: leaves ? formerOf[change.PolicyAction ?? 'Delete'] : undefined,
    stateful: isStateful(type),
    ...(isDrifted(change) && { drifted: true }),
  };
}

/** By name, sorted; a property may be named more than once, for each of the reasons. */
function toProperties(
  details: readonly ResourceChangeDetail[],
): PropertyChange[] {
  const byPath = new Map<string, PropertyChange>();
  for (const { Target = {} } of details) {
    const path = Target.Name ?? Target.Attribute ?? '';
    const replaces =
      Target.RequiresRecreation === 'Always' || byPath.get(path)?.replaces;
    byPath.set(path, { path, ...(replaces && { replaces }) });
  }
  byPath.delete('');
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isDrifted = ({ ResourceDriftStatus }: SdkResourceChange) =>
  ResourceDriftStatus === 'MODIFIED' || ResourceDriftStatus === 'DELETED';

function toDoes(change: SdkResourceChange): ResourceChange['does'] {
  switch (change.Action) {
    case 'Add':
    case 'Import':
      return 'added';
    case 'Remove':
      return 'removed';
    case 'Modify':
      if (change.Replacement === 'True') return 'replaced';
      return change.Replacement === 'Conditional'
        ? 'perhaps replaced'
        : 'changed';
    case 'SyncWithActual':
      // the template now says what the resource is already: it is not touched
      return 'changed';
    default:
      // Dynamic, and what a later SDK adds: anything may happen
      return 'perhaps replaced';
  }
}

const formerOf = {
  Delete: 'deleted',
  ReplaceAndDelete: 'deleted',
  Retain: 'kept',
  ReplaceAndRetain: 'kept',
  Snapshot: 'kept as a snapshot',
  ReplaceAndSnapshot: 'kept as a snapshot',
} satisfies Record<PolicyAction, ResourceChange['former']>;

/** The same in short: logical ids with types. */
export function toChanges(resources: readonly ResourceChange[]): Changes {
  const lines = (...does: ResourceChange['does'][]) =>
    resources
      .filter(change => does.includes(change.does))
      .map(({ logicalId, type }) => `${logicalId} (${type})`);
  return {
    added: lines('added'),
    changed: lines('changed', 'perhaps replaced'),
    replaced: lines('replaced'),
    removed: lines('removed'),
  };
}
