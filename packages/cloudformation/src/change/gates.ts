import { isEndangered } from '@data-lake/plugin-data-lake-common';
import { ChangeDescription } from './describeChange';
import { ResourceChange } from '../stack/resourceChange';

/** What a deployment may do only where it is said explicitly. @public */
export interface Allowances {
  /** Replace or remove resources that hold data, or take the policy away that keeps them. */
  allowReplacement?: boolean;
  /** Widen IAM or network permissions of a stack that is there. */
  allowBroaderPermissions?: boolean;
}

/**
 * Why a change must not be executed, one line each with what allows it; none where it may.
 *
 * The permissions of a new stack are not broader than before: who may deploy it may give them.
 *
 * @public
 */
export function findGates(
  change: Pick<ChangeDescription, 'does' | 'resources' | 'broader'>,
  { allowReplacement, allowBroaderPermissions }: Allowances,
): string[] {
  const gates: string[] = [];
  const endangered = listEndangered(change.resources);
  if (endangered.length > 0 && !allowReplacement) {
    gates.push(
      `${endangered
        .map(dangerText)
        .join('; ')}. If that is meant, give allowReplacement: true`,
    );
  }
  const { broader } = change;
  if (change.does === 'update' && broader.length > 0) {
    if (!allowBroaderPermissions) {
      gates.push(
        `Permissions get broader: ${broader
          .map(({ logicalId, text }) => `${logicalId}: ${text}`)
          .join('; ')}. If that is meant, give allowBroaderPermissions: true`,
      );
    }
  }
  return gates;
}

/**
 * The stateful resources that a change removes, replaces or may replace, or keeps no more.
 *
 * @public
 */
export function listEndangered(
  resources: readonly ResourceChange[],
): ResourceChange[] {
  return resources.filter(isEndangered);
}

/** Such as `Bucket (AWS::S3::Bucket, movies) would be replaced, and the former one is deleted`. @public */
export function dangerText(change: ResourceChange): string {
  const { logicalId, type, physicalId, does, former } = change;
  const name = physicalId ? `${type}, ${physicalId}` : type;
  if (does === 'changed') {
    return `${logicalId} (${name}) would lose the policy that keeps it: whoever deletes it then, deletes what it holds`;
  }
  return `${logicalId} (${name}) would be ${does}, and what it holds is ${
    former ?? 'deleted'
  }`;
}
