import {
  DescribeStacksCommand,
  Stack,
  StackDriftStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling, redact } from '@data-lake/aws';

/** The state of a stack, as CloudFormation describes it. @public */
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
  /** The result of the newest drift detection; absent if there was none. */
  drift?: { status: StackDriftStatus; checkedAt?: Date };
  /** Time of the last update, or of the creation. */
  updatedAt?: Date;
}

/**
 * Finds a stack by name or id; undefined if it does not exist, or no longer.
 *
 * @public
 */
export async function findStack(
  clients: AwsClients,
  stackName: string,
  signal?: AbortSignal,
): Promise<StackState | undefined> {
  try {
    const stack = await readStack({ clients, stackId: stackName, signal });
    return stack.status === 'DELETE_COMPLETE' ? undefined : stack;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/**
 * Reads a stack by name or id. A deleted stack can be read by its id only.
 *
 * @throws NotFoundError if it does not exist
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 * @public
 */
export async function readStack(options: StackSource): Promise<StackState> {
  const stack = await describeStack(options);
  if (stack) return toStackState(stack);
  throw new NotFoundError(`Stack ${options.stackId} does not exist`);
}

/**
 * Reads the parameter values of a stack; CloudFormation masks those of NoEcho parameters.
 *
 * @public
 */
export async function readStackParameters(
  options: StackSource,
): Promise<Record<string, string>> {
  const stack = await describeStack(options);
  return Object.fromEntries(
    (stack?.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [
      ParameterKey!,
      ParameterValue ?? '',
    ]),
  );
}

/** The stack to read. @public */
export interface StackSource {
  clients: AwsClients;
  /** Name or id. */
  stackId: string;
  signal?: AbortSignal;
}

async function describeStack(options: StackSource): Promise<Stack | undefined> {
  const { clients, stackId, signal } = options;
  const { Stacks } = await calling(
    {
      what: `reading stack ${stackId}`,
      action: 'cloudformation:DescribeStacks',
    },
    () =>
      clients.cloudformation.send(
        new DescribeStacksCommand({ StackName: stackId }),
        { abortSignal: signal },
      ),
  );
  return Stacks?.[0];
}

function toStackState(stack: Stack): StackState {
  return {
    id: stack.StackId!,
    name: stack.StackName!,
    status: stack.StackStatus!,
    statusReason: redact(stack.StackStatusReason ?? '') || undefined,
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
    updatedAt: stack.LastUpdatedTime ?? stack.CreationTime,
  };
}
