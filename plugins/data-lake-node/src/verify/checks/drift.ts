import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackDriftDetectionStatusOutput,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { calling } from '@data-lake/aws';
import { presentStacks, VerifiedStack, VerifyContext } from '../context';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** In milliseconds: a stack of 70 resources takes about a minute. */
const [pollEvery, giveUpAfter] = [2_000, 180_000];

/** Nobody has changed or deleted by hand what the stacks made, where CloudFormation can tell. */
export const drift: ProjectCheck = {
  id: 'drift',
  title: 'The resources are as the stacks made them',
  async look(context) {
    const stacks = presentStacks(context);
    if (stacks.length === 0) return unknown('There is no stack to look at');
    const drifted: string[] = [];
    let checked = 0;
    for (const stack of stacks) {
      const status = await detect(context, stack);
      if (!status || status.DetectionStatus === 'DETECTION_IN_PROGRESS') {
        return unknown(
          `CloudFormation did not end detecting drift of ${stack.name} in time`,
          'Verify again',
        );
      }
      const found = await listDrifted(context, stack);
      drifted.push(...found);
      if (status.DetectionStatus === 'DETECTION_FAILED' && found.length === 0) {
        return unknown(
          `CloudFormation could not look at all of ${stack.name}: ${status.DetectionStatusReason}`,
          'Give the role leave to read the resources, or look in the console',
        );
      }
      checked += stack.resources.length;
    }
    return drifted.length > 0
      ? failed(
          `Changed by hand: ${drifted.join('; ')}`,
          'Undo it by hand, or make the same change in infra/ and deploy',
        )
      : passed(`${checked} resources, those that CloudFormation can compare`);
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html */
async function detect(
  { clients, signal }: VerifyContext,
  { id, name }: VerifiedStack,
): Promise<DescribeStackDriftDetectionStatusOutput | undefined> {
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
  const deadline = Date.now() + giveUpAfter;
  while (Date.now() < deadline) {
    const status = await calling(
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
    );
    if (status.DetectionStatus !== 'DETECTION_IN_PROGRESS') return status;
    await sleep(pollEvery, undefined, { signal });
  }
  return undefined;
}

/** Such as `DataBucket (AWS::S3::Bucket): /VersioningConfiguration/Status`. */
async function listDrifted(
  { clients, signal }: VerifyContext,
  { id, name }: VerifiedStack,
): Promise<string[]> {
  const drifted: string[] = [];
  let token: string | undefined;
  do {
    const NextToken = token;
    const page = await calling(
      {
        what: `reading what drifted of stack ${name}`,
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
    for (const resource of page.StackResourceDrifts ?? []) {
      const { StackResourceDriftStatus, PropertyDifferences = [] } = resource;
      const how =
        StackResourceDriftStatus === 'DELETED'
          ? 'deleted'
          : PropertyDifferences.map(({ PropertyPath }) => PropertyPath).join(
              ', ',
            );
      drifted.push(
        `${resource.LogicalResourceId} (${resource.ResourceType}): ${how}`,
      );
    }
    token = page.NextToken;
  } while (token);
  return drifted;
}
