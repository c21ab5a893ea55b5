import {
  DescribeStacksCommand,
  Stack,
  StackDriftStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling } from '@data-lake/aws';

/** A stack as CloudFormation describes it now. @public */
export interface StackState {
  id: string;
  name: string;
  status: StackStatus;
  statusReason?: string;
  tags: Record<string, string>;
  /** Names only: values may be secret. */
  parameterNames: string[];
  outputs: Record<string, string>;
  terminationProtection: boolean;
  /** What the newest drift detection found; nobody may have run one. */
  drift?: { status: StackDriftStatus; checkedAt?: Date };
}

/**
 * The stack of this name or id, or undefined where there is none, or none any more.
 *
 * @public
 */
export async function findStack(
  clients: AwsClients,
  stackName: string,
  signal?: AbortSignal,
): Promise<StackState | undefined> {
  try {
    const { Stacks } = await calling(
      {
        what: `reading stack ${stackName}`,
        action: 'cloudformation:DescribeStacks',
      },
      () =>
        clients.cloudformation.send(
          new DescribeStacksCommand({ StackName: stackName }),
          { abortSignal: signal },
        ),
    );
    const stack = Stacks?.[0];
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    return toStackState(stack);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function toStackState(stack: Stack): StackState {
  return {
    id: stack.StackId!,
    name: stack.StackName!,
    status: stack.StackStatus!,
    statusReason: stack.StackStatusReason || undefined,
    tags: Object.fromEntries(
      (stack.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]),
    ),
    parameterNames: (stack.Parameters ?? []).map(
      ({ ParameterKey }) => ParameterKey!,
    ),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [
        OutputKey!,
        OutputValue ?? '',
      ]),
    ),
    terminationProtection: stack.EnableTerminationProtection ?? false,
    drift: stack.DriftInformation?.StackDriftStatus && {
      status: stack.DriftInformation.StackDriftStatus,
      checkedAt: stack.DriftInformation.LastCheckTimestamp,
    },
  };
}
