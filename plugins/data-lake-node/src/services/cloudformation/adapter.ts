import {
  DescribeStacksCommand,
  ListStackResourcesCommand,
  Stack as SdkStack,
} from '@aws-sdk/client-cloudformation';
import {
  Resource,
  StackRef,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import {
  Observation,
  ObserveContext,
  ServiceAdapter,
  Stack,
  StackResource,
} from '../adapter';
import { known } from '../known';
import { listPages } from '@data-lake/aws';
import { reading } from '../reading';
import { toTimestamp } from '../timestamp';
import { stackHealth } from './status';

/** A template may hold 500 resources; a listing's page holds 100. */
const mostResources = 500;

/**
 * The stacks of the environment. It comes first, since the other adapters look up in these stacks
 * what exists. A stack of another entity is denied, and nothing of it is told.
 */
export const cloudformation = {
  id: 'cloudformation',
  resourceTypes: ['AWS::CloudFormation::Stack'],
  async observe(context): Promise<Observation & { stacks: Stack[] }> {
    const { attempt, describe, problems } = reading(context, 'cloudformation');
    const resources: Resource[] = [];
    const stacks: Stack[] = [];
    for (const ref of context.environment.stacks) {
      let found: SdkStack | undefined;
      const named = toStackResource(ref);
      const doing = {
        what: `reading stack ${ref.name}`,
        action: 'cloudformation:DescribeStacks',
      };
      const described = await describe(named, doing, async () => {
        found = await describeStack(context, ref.name);
        return toState(found);
      });
      if (found && !isOwned(found, context.entityRef)) {
        problems.push(toForeign(found, context.entityRef));
        continue;
      }
      resources.push({ ...described, id: found?.StackId ?? described.id });
      if (described.health === 'gone') {
        problems.push({
          service: 'cloudformation',
          health: 'gone',
          message: `Stack ${ref.name} does not exist in ${ref.account}/${ref.region}. Deploy it, or take it out of the annotation`,
        });
      } else if (found) {
        const own = await attempt(
          {
            what: `listing the resources of stack ${ref.name}`,
            action: 'cloudformation:ListStackResources',
          },
          () => listStackResources(context, ref.name),
        );
        stacks.push(toStack(found, own ?? []));
      }
    }
    return { resources, traces: [], problems, stacks };
  },
} satisfies ServiceAdapter;

const toStackResource = (ref: StackRef): StackResource => ({
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
): Promise<StackResource[]> {
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
    health: known(stackHealth, stack.StackStatus),
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

function toStack(stack: SdkStack, resources: StackResource[]): Stack {
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

/**
 * Anyone who may write an annotation could name anyone's stack: only the stack itself says whose
 * it is. Entity refs are compared without regard to case, as the catalog does.
 */
function isOwned(stack: SdkStack, entityRef: string): boolean {
  const owner = toTags(stack)[tagKeys.entity];
  return (
    owner?.toLocaleLowerCase('en-US') === entityRef.toLocaleLowerCase('en-US')
  );
}

function toForeign(stack: SdkStack, entityRef: string) {
  const owner = toTags(stack)[tagKeys.entity];
  const whose = owner
    ? `the stack belongs to ${owner}`
    : 'the stack belongs to no entity';
  return {
    service: 'cloudformation' as const,
    health: 'denied' as const,
    message: `Stack ${stack.StackName} is not read: ${whose}. Its tag ${tagKeys.entity} must be ${entityRef}`,
  };
}
