import {
  PolicyAction,
  ResourceChange as SdkResourceChange,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { isStateful } from '../template/isStateful';
import { isDrifted } from './isDrifted';
import { ChangeSummary } from './deploymentSpec';

/** A property of a resource, or a part of one, that a deployment changes. @public */
export interface PropertyChange {
  /** Path, such as `DefaultArguments / --release`; for an item of a list its name, or its number from 1. */
  path: string;
  /**
   * In one line, shortened around the first difference; a secret is `****`. Both are absent if only
   * CloudFormation knows them, one is absent if the property is added or removed.
   */
  before?: string;
  after?: string;
  /** The change replaces the resource. */
  replaces?: boolean;
}

/** The change of one resource by a deployment. @public */
export interface ResourceChange {
  logicalId: string;
  type: string;
  /** Absent if the resource does not exist yet. */
  physicalId?: string;
  /**
   * `adopted`: it exists, and the stack takes it over; `perhaps replaced`: CloudFormation decides during the
   * deployment.
   */
  does:
    | 'added'
    | 'adopted'
    | 'changed'
    | 'perhaps replaced'
    | 'replaced'
    | 'removed';
  /** The changed properties of a resource that is changed or replaced. */
  properties: PropertyChange[];
  /** The fate of a resource that is removed or replaced. */
  former?: 'deleted' | 'kept' | 'kept as a snapshot';
  /** True for a resource whose content cannot be made again from a template. */
  stateful: boolean;
  /** True if the resource loses the policy that retained it. */
  unprotected?: boolean;
  /** True if it was changed or deleted outside CloudFormation; known if drift is reverted. */
  drifted?: boolean;
}

/**
 * Converts a change of a change set.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
 */
export function toResourceChange(change: SdkResourceChange): ResourceChange {
  const type = change.ResourceType ?? '';
  const does = toKind(change);
  const leaves = endangers(does);
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

/** Whether a resource that is changed in this way may be gone afterwards. */
export const endangers = (does: ResourceChange['does']) =>
  does !== 'added' && does !== 'adopted' && does !== 'changed';

/** Sorts by path; CloudFormation may list a property more than once, for each reason. */
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

function toKind(change: SdkResourceChange): ResourceChange['does'] {
  switch (change.Action) {
    case 'Add':
      return 'added';
    case 'Import':
      return 'adopted';
    case 'Remove':
      return 'removed';
    case 'Modify':
      if (change.Replacement === 'True') return 'replaced';
      return change.Replacement === 'Conditional'
        ? 'perhaps replaced'
        : 'changed';
    case 'SyncWithActual':
      // the template now says what the resource already is: the resource is not touched
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

/** Summarizes changes as logical ids with types. */
export function toChangeSummary(
  resources: readonly ResourceChange[],
): ChangeSummary {
  const lines = (...does: ResourceChange['does'][]) =>
    resources
      .filter(change => does.includes(change.does))
      .map(({ logicalId, type }) => `${logicalId} (${type})`);
  return {
    added: lines('added', 'adopted'),
    changed: lines('changed', 'perhaps replaced'),
    replaced: lines('replaced'),
    removed: lines('removed'),
  };
}
