import { ResourceChange as SdkResourceChange } from '@aws-sdk/client-cloudformation';
import { asObject } from '../template/json';
import { ChangeSetRef, describeChangeSet } from './changeSet';
import { isDrifted } from './isDrifted';

/**
 * The actual properties of resources that were changed outside CloudFormation, by logical id. Undefined: the
 * resource was deleted, or CloudFormation does not tell its properties.
 */
export type ActualState = ReadonlyMap<
  string,
  Record<string, unknown> | undefined
>;

/**
 * Reads the actual state from a drift-aware change set, whose context before the change is the live one. The
 * answer with values may leave changes out, so that drift is taken from the one without, too.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
export async function readActualState(
  ref: ChangeSetRef & { signal?: AbortSignal },
): Promise<ActualState> {
  const plain = await describeChangeSet(ref);
  const valued = await describeChangeSet({ ...ref, withValues: true });
  const actual = new Map<string, Record<string, unknown> | undefined>();
  for (const change of [...plain.changes, ...valued.changes]) {
    const id = change.LogicalResourceId ?? '';
    if (isDrifted(change) && !actual.get(id)) {
      actual.set(id, readProperties(change));
    }
  }
  return actual;
}

/** A context that is absent, or cut, tells nothing. */
function readProperties(
  change: SdkResourceChange,
): Record<string, unknown> | undefined {
  if (change.ResourceDriftStatus === 'DELETED') return undefined;
  const context = asObject(parse(change.BeforeContext)).Properties;
  return context === undefined ? undefined : asObject(context);
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
