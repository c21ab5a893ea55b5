import {
  DescribeStacksCommand,
  ListStackResourcesCommand,
  Stack as SdkStack,
} from '@aws-sdk/client-cloudformation';
import {
  isOwnedBy,
  lookUpState,
  ObservedResource,
  Problem,
  StackRef,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import {
  ServiceObservation,
  ObserveContext,
  ServiceAdapter,
  Stack,
  ListedResource,
} from '../adapter';
import { listPages } from '@data-lake/aws';
import { AdapterReader } from '../AdapterReader';
import { toTimestamp } from '../toTimestamp';
import { stackHealth } from './status';

/** A template may hold 500 resources; a listing's page holds 100. */
const mostResources = 500;

/**
 * The stacks of the environment. It comes first, since the other adapters look up in these stacks
 * what exists. A stack of another entity is denied, and nothing else of it is read or shown.
 */
export const cloudformation = {
  id: 'cloudformation',
  resourceTypes: ['AWS::CloudFormation::Stack'],
  async observe(context): Promise<ServiceObservation & { stacks: Stack[] }> {
    const reader = new AdapterReader(context, 'cloudformation');
    const read = [];
    // One after the other: each stack costs two calls.
    for (const ref of context.environment.stacks) {
      read.push(await readStack(context, ref, reader));
    }
    return {
      resources: read.flatMap(({ resource }) => resource ?? []),
      parts: [],
      problems: reader.problems,
      stacks: read.flatMap(({ stack }) => stack ?? []),
    };
  },
} satisfies ServiceAdapter;

async function readStack(
  context: ObserveContext,
  ref: StackRef,
  reader: AdapterReader,
): Promise<{ resource?: ObservedResource; stack?: Stack }> {
  let found: SdkStack | undefined;
  const resource = await reader.describe(
    toListedResource(ref),
    {
      what: `reading stack ${ref.name}`,
      action: 'cloudformation:DescribeStacks',
    },
    async () => {
      found = await describeStack(context, ref.name);
      return toState(found);
    },
  );
  if (!found) {
    if (resource.health === 'gone') reader.problems.push(toGone(ref));
    return { resource };
  }
  if (!isOwnedBy(toTags(found), context.entityRef)) {
    reader.problems.push(toForeign(found, context.entityRef));
    return {};
  }
  const own = { ...resource, id: found.StackId ?? resource.id };
  if (resource.health === 'gone') {
    reader.problems.push(toGone(ref));
    return { resource: own };
  }
  const resources = await reader.attempt(
    {
      what: `listing the resources of stack ${ref.name}`,
      action: 'cloudformation:ListStackResources',
    },
    () => listStackResources(context, ref.name),
  );
  return { resource: own, stack: toStack(found, resources ?? []) };
}

const toListedResource = (ref: StackRef): ListedResource => ({
  logicalId: ref.name,
  type: 'AWS::CloudFormation::Stack',
  id: ref.name,
  status: '',
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
async function describeStack(context: ObserveContext, name: string) {
  const { Stacks } = await context.clients.cloudformation.send(
    new DescribeStacksCommand({ StackName: name }),
    { abortSignal: context.signal },
  );
  return Stacks![0];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
function listStackResources(
  context: ObserveContext,
  name: string,
): Promise<ListedResource[]> {
  return listPages(
    async NextToken => {
      const page = await context.clients.cloudformation.send(
        new ListStackResourcesCommand({ StackName: name, NextToken }),
        { abortSignal: context.signal },
      );
      const items = (page.StackResourceSummaries ?? []).map(summary => ({
        logicalId: summary.LogicalResourceId!,
        type: summary.ResourceType!,
        id: summary.PhysicalResourceId ?? '',
        status: summary.ResourceStatus!,
        reason: summary.ResourceStatusReason,
        updatedAt: toTimestamp(summary.LastUpdatedTimestamp),
      }));
      return { items, next: page.NextToken };
    },
    { most: mostResources },
  );
}

function toState(stack: SdkStack) {
  return {
    name: stack.StackName,
    health: lookUpState(stackHealth, stack.StackStatus),
    status: stack.StackStatus ?? 'unknown',
    reason: stack.StackStatusReason,
    facts: [
      {
        label: 'Drift',
        text: stack.DriftInformation?.StackDriftStatus ?? 'NOT_CHECKED',
      },
      {
        label: 'Termination protection',
        text: stack.EnableTerminationProtection ? 'on' : 'off',
      },
    ],
    updatedAt: toTimestamp(stack.LastUpdatedTime ?? stack.CreationTime),
  };
}

function toStack(stack: SdkStack, resources: ListedResource[]): Stack {
  return {
    name: stack.StackName!,
    status: stack.StackStatus ?? 'unknown',
    tags: toTags(stack),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map(o => [o.OutputKey!, o.OutputValue ?? '']),
    ),
    resources: resources.filter(r => r.status !== 'DELETE_COMPLETE'),
  };
}

const toTags = (stack: SdkStack): Record<string, string> =>
  Object.fromEntries((stack.Tags ?? []).map(tag => [tag.Key!, tag.Value!]));

const toGone = (ref: StackRef): Problem => ({
  service: 'cloudformation',
  health: 'gone',
  message: `Stack ${ref.name} does not exist in ${ref.account}/${ref.region}. Deploy it, or take it out of the annotation`,
});

/** Anyone who may write an annotation could name any stack: only the stack itself tells its owner. */
function toForeign(stack: SdkStack, entityRef: string): Problem {
  const owner = toTags(stack)[tagKeys.entity];
  const whose = owner
    ? `the stack belongs to ${owner}`
    : 'the stack belongs to no entity';
  return {
    service: 'cloudformation',
    health: 'denied',
    message: `Stack ${stack.StackName} is not read: ${whose}. Its tag ${tagKeys.entity} must be ${entityRef}`,
  };
}
