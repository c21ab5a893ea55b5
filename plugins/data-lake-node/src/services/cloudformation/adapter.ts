import {
  listStackResources,
  readStack,
  StackResourceState,
  StackState,
} from '@data-lake/cloudformation';
import {
  lookUpState,
  ObservedResource,
  Problem,
  StackRef,
} from '@data-lake/plugin-data-lake-common';
import { findForeignReason } from '../../access/findForeignReason';
import {
  ServiceObservation,
  ObserveContext,
  ServiceAdapter,
  Stack,
  ListedResource,
} from '../adapter';
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
      read.push(await observeStack(context, ref, reader));
    }
    return {
      resources: read.flatMap(({ resource }) => resource ?? []),
      parts: [],
      problems: reader.problems,
      stacks: read.flatMap(({ stack }) => stack ?? []),
    };
  },
} satisfies ServiceAdapter;

async function observeStack(
  context: ObserveContext,
  ref: StackRef,
  reader: AdapterReader,
): Promise<{ resource?: ObservedResource; stack?: Stack }> {
  const { clients, signal } = context;
  let found: StackState | undefined;
  const resource = await reader.describe(
    toListedResource(ref),
    {
      what: `reading stack ${ref.name}`,
      action: 'cloudformation:DescribeStacks',
    },
    async () => {
      found = await readStack({ clients, stackId: ref.name, signal });
      return toState(found);
    },
  );
  if (!found) {
    if (resource.health === 'gone') reader.problems.push(toGone(ref));
    return { resource };
  }
  const foreign = findForeignReason(found.tags, context);
  if (foreign) {
    reader.problems.push(toForeign(found, foreign));
    return {};
  }
  const own = { ...resource, id: found.id ?? resource.id };
  if (resource.health === 'gone') {
    reader.problems.push(toGone(ref));
    return { resource: own };
  }
  const resources = await reader.attempt(
    {
      what: `listing the resources of stack ${ref.name}`,
      action: 'cloudformation:ListStackResources',
    },
    () =>
      listStackResources({
        clients,
        stackId: ref.name,
        most: mostResources,
        signal,
      }),
  );
  return { resource: own, stack: toStack(found, resources ?? []) };
}

const toListedResource = (ref: StackRef): ListedResource => ({
  logicalId: ref.name,
  type: 'AWS::CloudFormation::Stack',
  id: ref.name,
  status: '',
});

function toState(stack: StackState) {
  return {
    name: stack.name,
    health: lookUpState(stackHealth, stack.status),
    status: stack.status ?? 'unknown',
    reason: stack.statusReason,
    facts: [
      { label: 'Drift', text: stack.drift?.status ?? 'NOT_CHECKED' },
      {
        label: 'Termination protection',
        text: stack.terminationProtection ? 'on' : 'off',
      },
    ],
    updatedAt: toTimestamp(stack.updatedAt),
  };
}

function toStack(stack: StackState, resources: StackResourceState[]): Stack {
  return {
    name: stack.name,
    status: stack.status ?? 'unknown',
    tags: stack.tags,
    outputs: stack.outputs,
    resources: resources.map(resource => ({
      logicalId: resource.logicalId,
      type: resource.type,
      id: resource.physicalId ?? '',
      status: resource.status ?? 'unknown',
      reason: resource.statusReason,
      updatedAt: toTimestamp(resource.updatedAt),
    })),
  };
}

const toGone = (ref: StackRef): Problem => ({
  service: 'cloudformation',
  health: 'gone',
  message: `Stack ${ref.name} does not exist in ${ref.account}/${ref.region}. Deploy it, or take it out of the annotation`,
});

const toForeign = (stack: StackState, reason: string): Problem => ({
  service: 'cloudformation',
  health: 'denied',
  message: `Stack ${stack.name} is not read: ${reason}`,
});
