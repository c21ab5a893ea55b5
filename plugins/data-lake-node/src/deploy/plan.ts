import { StackStatus } from '@aws-sdk/client-cloudformation';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { isSuccess, StackEvent } from './events';
import { toChangeSetName, toWorkName } from './identity';
import { DeployRequest } from './request';
import { StackState } from './stack';
import { isTooLongForText, maxTextBytes } from './template';

/**
 * What to do, decided before anything is done.
 *
 * @public
 */
export type DeployPlan =
  | {
      do: 'create' | 'update';
      changeSetName: string;
      /** A stack that never came to be, deleted first. */
      deleteFirst?: string;
      /** Names whose value the stack keeps. */
      keptParameters: string[];
    }
  /** Our own operation, still going on or done: a second try of the same work. */
  | { do: 'follow'; stackId: string; token: string }
  | { do: 'refuse'; because: 'input' | 'conflict'; reason: string };

/**
 * Decides what a request means for a stack in its state.
 *
 * @param options - `lastEvent` is the stack's newest
 * @public
 */
export function planDeployment(options: {
  request: DeployRequest;
  stack: StackState | undefined;
  lastEvent?: Pick<StackEvent, 'id' | 'token'>;
}): DeployPlan {
  const { request, stack, lastEvent } = options;
  const wrong = findTooLong(request) ?? findWrongParameter(request, stack);
  if (wrong) return refuse('input', wrong);
  if (!stack) {
    return planCreate(request);
  }
  const taken = findOtherOwner(request, stack);
  if (taken) return refuse('conflict', taken);

  const state = stateOf[stack.status];
  const token = lastEvent?.token;
  if (token?.startsWith(toWorkName(request)) && isFollowed(stack.status)) {
    return { do: 'follow', stackId: stack.id, token };
  }
  switch (state) {
    case 'empty':
      return planCreate(request);
    case 'settled':
      return {
        do: 'update',
        changeSetName: toChangeSetName(request, lastEvent?.id),
        keptParameters: keptParameters(request, stack),
      };
    case 'dead':
      return planAnew(request, stack);
    case 'busy':
      return refuse(
        'conflict',
        `Stack ${stack.name} is ${stack.status}: somebody else's operation is going on. Try again when it has ended`,
      );
    case 'broken':
      return refuse('conflict', `${brokenText(stack)}`);
    default:
      return refuse(
        'conflict',
        `Stack ${stack.name} is ${stack.status}, which this version does not know`,
      );
  }
}

type State = 'empty' | 'settled' | 'dead' | 'busy' | 'broken';

/** Complete on purpose: an SDK upgrade that adds a status stops the build here. */
const stateOf = {
  // a first change set was made and never executed: nothing is in it
  REVIEW_IN_PROGRESS: 'empty',
  DELETE_COMPLETE: 'empty',
  CREATE_COMPLETE: 'settled',
  UPDATE_COMPLETE: 'settled',
  UPDATE_ROLLBACK_COMPLETE: 'settled',
  IMPORT_COMPLETE: 'settled',
  IMPORT_ROLLBACK_COMPLETE: 'settled',
  // can only be deleted, and holds nothing
  ROLLBACK_COMPLETE: 'dead',
  CREATE_IN_PROGRESS: 'busy',
  ROLLBACK_IN_PROGRESS: 'busy',
  DELETE_IN_PROGRESS: 'busy',
  UPDATE_IN_PROGRESS: 'busy',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'busy',
  UPDATE_ROLLBACK_IN_PROGRESS: 'busy',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'busy',
  IMPORT_IN_PROGRESS: 'busy',
  IMPORT_ROLLBACK_IN_PROGRESS: 'busy',
  CREATE_FAILED: 'broken',
  ROLLBACK_FAILED: 'broken',
  DELETE_FAILED: 'broken',
  UPDATE_FAILED: 'broken',
  UPDATE_ROLLBACK_FAILED: 'broken',
  IMPORT_ROLLBACK_FAILED: 'broken',
} satisfies Record<StackStatus, State>;

/** What failed is tried again; what goes on or has succeeded is not begun twice. */
function isFollowed(status: StackStatus): boolean {
  return stateOf[status] === 'busy' || isSuccess(status);
}

function planCreate(request: DeployRequest): DeployPlan {
  return {
    do: 'create',
    changeSetName: toChangeSetName(request),
    keptParameters: [],
  };
}

function refuse(because: 'input' | 'conflict', reason: string): DeployPlan {
  return { do: 'refuse', because, reason };
}

function findTooLong(request: DeployRequest): string | undefined {
  if (!isTooLongForText(request.template) || request.templateBucket) {
    return undefined;
  }
  return `The template has more than ${maxTextBytes} bytes, and CloudFormation takes such a one only from a bucket: give templateBucket, a bucket of the account`;
}

function findWrongParameter(
  { template, parameters }: DeployRequest,
  stack: StackState | undefined,
): string | undefined {
  const unknown = Object.keys(parameters).filter(
    name => !(name in template.parameters),
  );
  if (unknown.length > 0) {
    return `The template has no parameter ${unknown.join(
      ', ',
    )}. It has: ${Object.keys(template.parameters).join(', ')}`;
  }
  const missing = Object.entries(template.parameters)
    .filter(([, { hasDefault }]) => !hasDefault)
    .map(([name]) => name)
    .filter(
      name => !(name in parameters) && !stack?.parameterNames.includes(name),
    );
  if (missing.length > 0) {
    return `The template needs a value for parameter ${missing.join(', ')}`;
  }
  return undefined;
}

/** A stack belongs to the entity that its tag names; nobody else's request touches it. */
function findOtherOwner(
  request: DeployRequest,
  stack: StackState,
): string | undefined {
  if (stack.status === 'DELETE_COMPLETE') return undefined;
  const ours = request.tags[tagKeys.entity];
  const theirs = stack.tags[tagKeys.entity];
  if (ours === theirs) return undefined;
  // a change set that was never executed may have left a stack without tags, and without resources
  if (stack.status === 'REVIEW_IN_PROGRESS' && !theirs) return undefined;
  return `The name is taken: stack ${stack.name} exists and belongs to ${
    theirs ?? 'something else (it has no data-lake:entity tag)'
  }${ours ? `, not to ${ours}` : ''}. Choose another name`;
}

function keptParameters(request: DeployRequest, stack: StackState): string[] {
  return Object.keys(request.template.parameters).filter(
    name =>
      !(name in request.parameters) && stack.parameterNames.includes(name),
  );
}

function planAnew(request: DeployRequest, stack: StackState): DeployPlan {
  if (stack.terminationProtection) {
    return refuse(
      'conflict',
      `Stack ${stack.name} is ${stack.status} and must be deleted first, but termination protection is on. Turn it off, then try again`,
    );
  }
  return {
    do: 'create',
    changeSetName: toChangeSetName(request, stack.id),
    deleteFirst: stack.id,
    keptParameters: [],
  };
}

function brokenText({ name, status, statusReason }: StackState): string {
  const remedy =
    status === 'UPDATE_ROLLBACK_FAILED'
      ? 'Continue the rollback in the console (Stack actions, Continue update rollback)'
      : 'Delete it in the console, then try again';
  const why = statusReason ? ` (${statusReason})` : '';
  return `Stack ${name} is ${status}${why} and cannot be updated. ${remedy}`;
}
