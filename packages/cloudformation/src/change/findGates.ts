import { ChangeDescription } from './describeChange';
import { endangers, ResourceChange } from '../stack/resourceChange';

/** The gates of a deployment that a caller can open. @public */
export interface Allowances {
  /** Replace or remove resources that hold data, or remove the policy that retains them. */
  allowReplacement?: boolean;
  /** Broaden IAM or network permissions of an existing stack, or reach beyond a new one. */
  allowBroaderPermissions?: boolean;
}

/**
 * Lists the reasons why a change may not be executed, with what would allow it; empty if it may.
 *
 * The permissions of a new stack are not broader than before: a caller who may deploy it may grant what stays
 * within it. What reaches beyond it needs permission from the first time.
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
        .map(toDangerText)
        .join('; ')}. If this is intended, set allowReplacement: true`,
    );
  }
  const gated = listGatedPermissions(change);
  if (gated.length > 0 && !allowBroaderPermissions) {
    const what =
      change.does === 'update'
        ? 'Permissions become broader'
        : 'It reaches beyond the stack';
    gates.push(
      `${what}: ${gated
        .map(({ logicalId, text }) => `${logicalId}: ${text}`)
        .join('; ')}. If this is intended, set allowBroaderPermissions: true`,
    );
  }
  return gates;
}

const listGatedPermissions = ({
  does,
  broader,
}: Pick<ChangeDescription, 'does' | 'broader'>) =>
  does === 'update' ? broader : broader.filter(each => each.farReaching);

/**
 * Lists the stateful resources that a change removes, replaces or may replace, or stops retaining.
 *
 * @public
 */
export function listEndangered(
  resources: readonly ResourceChange[],
): ResourceChange[] {
  return resources.filter(isEndangered);
}

const isEndangered = ({ stateful, does, unprotected }: ResourceChange) =>
  stateful && (unprotected || endangers(does));

/**
 * Describes the danger for a resource, such as
 * `Data (AWS::S3::Bucket, movies) would be replaced, and its data deleted`.
 *
 * @public
 */
export function toDangerText(change: ResourceChange): string {
  const { logicalId, type, physicalId, does, former } = change;
  const name = physicalId ? `${type}, ${physicalId}` : type;
  if (does === 'changed') {
    return `${logicalId} (${name}) would lose its Retain policy: deleting it would then delete its data`;
  }
  return `${logicalId} (${name}) would be ${does}, and its data ${
    former ?? 'deleted'
  }`;
}
