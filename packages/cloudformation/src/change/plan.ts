import { StackStatus } from '@aws-sdk/client-cloudformation';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { isSuccess, StackEvent } from '../stack/events';
import { findWrongRequest } from './findWrongRequest';
import { toAskerName, toChangeSetName, toWorkName } from '../stack/identity';
import { DeployRequest } from '../stack/request';
import { givesSecrets } from '../stack/secrets';
import { StackState } from '../stack/stack';

/**
 * What to do next, decided before anything is done.
 *
 * @public
 */
export type DeployPlan =
  | {
      do: 'create' | 'update';
      changeSetName: string;
      /** Names whose value the stack keeps. */
      keptParameters: string[];
      /** Whose it is stays on the stack, where the request does not say it. */
      keptTags: Record<string, string>;
    }
  /** The stack never came to be: it is deleted, then decided anew. */
  | { do: 'delete first'; stackId: string }
  /** Its rollback has failed and is continued, as was asked for; then decided anew. */
  | { do: 'continue rollback'; stackId: string }
  /** Another operation of the same asker goes on: it is waited for, then decided anew. */
  | { do: 'wait'; stackId: string }
  /** The very work goes on or has ended: it is followed to its end, and nothing is begun. */
  | { do: 'follow'; stackId: string; token: string }
  | { do: 'refuse'; because: 'input' | 'conflict'; reason: string };

/** @public */
export interface PlanBasis {
  request: DeployRequest;
  stack: StackState | undefined;
  /** The stack's newest. */
  lastEvent?: Pick<StackEvent, 'id' | 'token'>;
  /** False where the newest operation is one whose failure nobody has been told yet. */
  told?: boolean;
  /** Whether a rollback that failed may be continued. */
  continueRollback?: boolean;
  /** A preview never executes, so it has names of its own. */
  purpose?: 'deploy' | 'preview';
}

/**
 * Decides what a request means for a stack in its state.
 *
 * @public
 */
export function planDeployment(basis: PlanBasis): DeployPlan {
  const { request, stack } = basis;
  const wrong = findWrongRequest(request, stack);
  if (wrong) return refuse('input', wrong);
  if (!stack) return planCreate(basis);
  const taken = findOtherOwner(request, stack);
  if (taken) return refuse('conflict', taken);
  return planOwn(basis, stack) ?? planByState(basis, stack);
}

/** What the same asker has begun goes on; nothing where it has begun nothing, or that is over. */
function planOwn(
  { request, lastEvent, told = true, purpose }: PlanBasis,
  stack: StackState,
): DeployPlan | undefined {
  const token = lastEvent?.token;
  if (!token?.startsWith(toAskerName(request))) return undefined;
  const { id: stackId, status } = stack;
  const goesOn = stateOf[status] === 'busy';
  const isThis = token.startsWith(`${toWorkName(request, purpose)}-`);
  // what it was given in secret is no part of its name, and may be another now: CloudFormation tells
  const isDone = isSuccess(status) && !givesSecrets(request);
  if (isThis && (goesOn || isDone || !told)) {
    return { do: 'follow', stackId, token };
  }
  return goesOn ? { do: 'wait', stackId } : undefined;
}

function planByState(basis: PlanBasis, stack: StackState): DeployPlan {
  const { request, lastEvent, purpose } = basis;
  switch (stateOf[stack.status]) {
    case 'empty':
      return planCreate(basis);
    case 'settled':
      return {
        do: 'update',
        changeSetName: toChangeSetName(request, {
          basis: lastEvent?.id,
          purpose,
        }),
        keptParameters: keptParameters(request, stack),
        keptTags: keptTags(request, stack),
      };
    case 'dead':
      return planAnew(stack);
    case 'busy':
      return refuse(
        'conflict',
        `Stack ${stack.name} is ${stack.status}: somebody else's operation is going on. Try again when it has ended`,
      );
    case 'broken':
      return stack.status === 'UPDATE_ROLLBACK_FAILED' && basis.continueRollback
        ? { do: 'continue rollback', stackId: stack.id }
        : refuse('conflict', brokenText(stack));
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

function planCreate({ request, purpose }: PlanBasis): DeployPlan {
  return {
    do: 'create',
    changeSetName: toChangeSetName(request, { purpose }),
    keptParameters: [],
    keptTags: {},
  };
}

function refuse(because: 'input' | 'conflict', reason: string): DeployPlan {
  return { do: 'refuse', because, reason };
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
      !Object.hasOwn(request.parameters, name) &&
      stack.parameterNames.includes(name),
  );
}

function keptTags(
  { tags }: DeployRequest,
  stack: StackState,
): Record<string, string> {
  const owner = stack.tags[tagKeys.owner];
  const isSaid = Object.hasOwn(tags, tagKeys.owner);
  return owner === undefined || isSaid ? {} : { [tagKeys.owner]: owner };
}

function planAnew(stack: StackState): DeployPlan {
  if (stack.terminationProtection) {
    return refuse(
      'conflict',
      `Stack ${stack.name} is ${stack.status} and must be deleted first, but termination protection is on. Turn it off, then try again`,
    );
  }
  return { do: 'delete first', stackId: stack.id };
}

function brokenText({ name, status, statusReason }: StackState): string {
  const why = statusReason ? ` (${statusReason})` : '';
  return `Stack ${name} is ${status}${why} and cannot be updated. ${
    remedies[status] ?? 'Delete it (aws:cloudformation:delete), then try again'
  }`;
}

const remedies: Partial<Record<StackStatus, string>> = {
  UPDATE_ROLLBACK_FAILED:
    'Remove what keeps it from rolling back (its events say what), then deploy with continueRollback: true; resourcesToSkip names what cannot be rolled back, such as what is deleted',
  UPDATE_FAILED:
    'Its rollback was turned off: roll it back in the console (Stack actions, Roll back), then try again',
  DELETE_FAILED:
    'Delete it again (aws:cloudformation:delete), which names what keeps it from being deleted',
  IMPORT_ROLLBACK_FAILED:
    'Continue its rollback in the console, then try again',
};
