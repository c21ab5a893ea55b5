import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackDriftDetectionStatusOutput,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { ServiceUnavailableError } from '@backstage/errors';
import { calling, listPages, poll } from '@data-lake/aws';
import { CheckOutcome, failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import {
  listPresentStacks,
  VerifiedStack,
  VerifyContext,
} from '../VerifyContext';

/** In milliseconds: a stack of 70 resources takes about a minute. */
const [pauseMs, timeoutMs] = [2_000, 180_000];

/** No resource of the stacks was changed or deleted outside CloudFormation, as far as CloudFormation can compare. */
export const driftCheck: ProjectCheck = {
  id: 'drift',
  title: 'The resources are as the stacks made them',
  async run(context) {
    const stacks = listPresentStacks(context);
    if (stacks.length === 0) return unknown('There is no stack to compare');
    const drifted: string[] = [];
    for (const stack of stacks) {
      const { unread, resources } = await detectDrift(context, stack);
      if (unread) return unread;
      drifted.push(...resources);
    }
    const compared = stacks.flatMap(({ resources }) => resources);
    return drifted.length > 0
      ? failed(
          `Changed outside CloudFormation: ${drifted.join('; ')}`,
          'Undo the change, or make the same one in infra/ and deploy',
        )
      : passed(
          `${compared.length} resources, as far as CloudFormation can compare them`,
        );
  },
};

/** Compares one stack with its template; `unread` is the outcome if CloudFormation could not. */
async function detectDrift(
  context: VerifyContext,
  stack: VerifiedStack,
): Promise<{ unread?: CheckOutcome; resources: string[] }> {
  const status = await runDetection(context, stack);
  const resources = await listDrifted(context, stack);
  if (status.DetectionStatus === 'DETECTION_FAILED' && resources.length === 0) {
    return {
      unread: unknown(
        `CloudFormation could not compare all of ${stack.name}: ${status.DetectionStatusReason}`,
        'Allow the role to read the resources, or compare them in the console',
      ),
      resources,
    };
  }
  return { resources };
}

/**
 * Starts drift detection and waits for its end.
 *
 * @throws ServiceUnavailableError if that takes too long
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html
 */
async function runDetection(
  { clients, log, signal }: VerifyContext,
  { id, name }: VerifiedStack,
): Promise<DescribeStackDriftDetectionStatusOutput> {
  const options = { abortSignal: signal };
  const { StackDriftDetectionId } = await calling(
    {
      what: `detecting drift of stack ${name}`,
      action: 'cloudformation:DetectStackDrift',
    },
    () =>
      clients.cloudformation.send(
        new DetectStackDriftCommand({ StackName: id }),
        options,
      ),
  );
  return poll({
    ask: () =>
      calling(
        {
          what: `reading the drift of stack ${name}`,
          action: 'cloudformation:DescribeStackDriftDetectionStatus',
        },
        () =>
          clients.cloudformation.send(
            new DescribeStackDriftDetectionStatusCommand({
              StackDriftDetectionId,
            }),
            options,
          ),
      ),
    until: ({ DetectionStatus }) => DetectionStatus !== 'DETECTION_IN_PROGRESS',
    deadline: Date.now() + timeoutMs,
    describe: () => `drift detection of stack ${name}`,
    toTimeoutError: () =>
      new ServiceUnavailableError(
        `CloudFormation did not finish drift detection of ${name} in time`,
      ),
    pauseMs,
    signal,
    log,
  });
}

/** Lists what drifted, such as `DataBucket (AWS::S3::Bucket): /VersioningConfiguration/Status`. */
async function listDrifted(
  { clients, signal }: VerifyContext,
  { id, name }: VerifiedStack,
): Promise<string[]> {
  const drifts = await listPages(async NextToken => {
    const page = await calling(
      {
        what: `listing the drifted resources of stack ${name}`,
        action: 'cloudformation:DescribeStackResourceDrifts',
      },
      () =>
        clients.cloudformation.send(
          new DescribeStackResourceDriftsCommand({
            StackName: id,
            StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
            NextToken,
          }),
          { abortSignal: signal },
        ),
    );
    return { items: page.StackResourceDrifts ?? [], next: page.NextToken };
  });
  return drifts.map(toText);
}

function toText(drift: StackResourceDrift): string {
  const { StackResourceDriftStatus, PropertyDifferences = [] } = drift;
  const paths = PropertyDifferences.map(({ PropertyPath }) => PropertyPath);
  return `${drift.LogicalResourceId} (${drift.ResourceType}): ${
    StackResourceDriftStatus === 'DELETED' ? 'deleted' : paths.join(', ')
  }`;
}
