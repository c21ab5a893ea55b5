import { StackStatus } from '@aws-sdk/client-cloudformation';
import { isSuccess, StackEvent } from '../stack/events';
import { toCallerName, toChangeSetName, toWorkName } from '../stack/identity';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { givesSecrets } from '../template/secrets';
import { findWrongSpec } from './findWrongSpec';
import { listForeignTags, toKeptTags } from '../stack/ownership';
import { StackState } from '../stack/stack';

/**
 * The next step of a deployment, decided before anything is done.
 */
export type DeployPlan =
  | {
      do: 'create' | 'update';
      changeSetName: string;
      /** Names of parameters whose value the stack keeps. */
      keptParameters: string[];
      /** Tags that the stack keeps, since the specification does not name them. */
      keptTags: Record<string, string>;
    }
  /** The first create of the stack failed: the stack is deleted, then planned again. */
  | { do: 'delete first'; stackId: string }
  /** The rollback of the stack failed and is continued, as requested; then planned again. */
  | { do: 'continue rollback'; stackId: string }
  /** Another operation of the same caller is in progress: it is waited for, then planned again. */
  | { do: 'wait'; stackId: string }
  /** The same work is in progress or has ended: it is followed to its end, and nothing is started. */
  | { do: 'follow'; stackId: string; token: string }
  | { do: 'refuse'; because: 'input' | 'conflict'; reason: string };

/** A plan that changes a stack by a change set. */
export type ChangePlan = Extract<DeployPlan, { do: 'create' | 'update' }>;

/** The facts that a plan is based on. */
export interface PlanBasis {
  spec: DeploymentSpec;
  stack: StackState | undefined;
  /** The newest event of the stack. */
  lastEvent?: Pick<StackEvent, 'id' | 'token'>;
  /** False if the newest operation failed and the caller does not know yet. */
  isReported?: boolean;
  /** Continue a failed rollback. */
  continueRollback?: boolean;
  /** A preview never executes its change set, so its names differ. */
  purpose?: 'deploy' | 'preview';
}

/**
 * Decides what a specification means for a stack in its state.
 */
export function planDeployment(basis: PlanBasis): DeployPlan {
  const { spec, stack } = basis;
  const wrong = findWrongSpec(spec, stack);
  if (wrong) return refuse('input', wrong);
  if (!stack) return planCreate(basis);
  const taken = findOtherOwner(spec, stack);
  if (taken) return refuse('conflict', taken);
  return planStarted(basis, stack) ?? planByState(basis, stack);
}

/** Continues an operation that the same caller started; undefined if there is none, or it has ended. */
function planStarted(
  { spec, lastEvent, isReported = true, purpose }: PlanBasis,
  stack: StackState,
): DeployPlan | undefined {
  const token = lastEvent?.token;
  if (!token?.startsWith(toCallerName(spec))) return undefined;
  const { id: stackId, status } = stack;
  const isBusy = stateOf[status] === 'busy';
  const isThis = token.startsWith(`${toWorkName(spec, purpose)}-`);
  // secrets are no part of the name and may have changed: only CloudFormation can compare them
  const isDone = isSuccess(status) && !givesSecrets(spec);
  if (isThis && (isBusy || isDone || !isReported)) {
    return { do: 'follow', stackId, token };
  }
  return isBusy ? { do: 'wait', stackId } : undefined;
}

function planByState(basis: PlanBasis, stack: StackState): DeployPlan {
  const { spec, lastEvent, purpose } = basis;
  switch (stateOf[stack.status]) {
    case 'empty':
      return planCreate(basis);
    case 'settled':
      if (spec.imports?.length === 0) return refuseMade(stack);
      return {
        do: 'update',
        changeSetName: toChangeSetName(spec, {
          basis: lastEvent?.id,
          purpose,
        }),
        keptParameters: keptParameters(spec, stack),
        keptTags: toKeptTags(spec, stack),
      };
    case 'dead':
      return planReplacement(stack);
    case 'busy':
      return refuse(
        'conflict',
        `Stack ${stack.name} is ${stack.status}: another caller's operation is in progress. Try again once it has ended`,
      );
    case 'broken':
      return stack.status === 'UPDATE_ROLLBACK_FAILED' && basis.continueRollback
        ? { do: 'continue rollback', stackId: stack.id }
        : refuse('conflict', toBrokenText(stack));
    default:
      return refuse(
        'conflict',
        `Stack ${stack.name} is ${stack.status}, a status that this version does not support`,
      );
  }
}

type State = 'empty' | 'settled' | 'dead' | 'busy' | 'broken';

/** Total on purpose: an SDK upgrade that adds a status fails the build here. */
const stateOf = {
  // a first change set was created and never executed: the stack is empty
  REVIEW_IN_PROGRESS: 'empty',
  DELETE_COMPLETE: 'empty',
  CREATE_COMPLETE: 'settled',
  UPDATE_COMPLETE: 'settled',
  UPDATE_ROLLBACK_COMPLETE: 'settled',
  IMPORT_COMPLETE: 'settled',
  IMPORT_ROLLBACK_COMPLETE: 'settled',
  // the stack can only be deleted, and is empty
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

function planCreate({ spec, purpose }: PlanBasis): DeployPlan {
  return {
    do: 'create',
    changeSetName: toChangeSetName(spec, { purpose }),
    keptParameters: [],
    keptTags: {},
  };
}

const refuseMade = ({ name }: StackState) =>
  refuse(
    'conflict',
    `Another caller has made stack ${name} meanwhile, so nothing was done. Run this again`,
  );

function refuse(because: 'input' | 'conflict', reason: string): DeployPlan {
  return { do: 'refuse', because, reason };
}

/** Explains whose the stack is, if it is not the caller's. */
function findOtherOwner(
  { ownership }: DeploymentSpec,
  stack: StackState,
): string | undefined {
  if (stack.status === 'DELETE_COMPLETE') return undefined;
  // a change set that was never executed may have left a stack without tags and resources
  const mayLackTags = stack.status === 'REVIEW_IN_PROGRESS';
  const foreign = listForeignTags(stack, ownership).find(
    tag => tag.actual || !mayLackTags,
  );
  if (!foreign) return undefined;
  const { key, actual, expected } = foreign;
  return `The name is taken: stack ${stack.name} exists and belongs to ${
    actual ?? `another owner (it has no tag ${key})`
  }${expected ? `, not to ${expected}` : ''}. Choose another name`;
}

function keptParameters(spec: DeploymentSpec, stack: StackState): string[] {
  return Object.keys(spec.template.parameters).filter(
    name =>
      !Object.hasOwn(spec.parameters, name) &&
      stack.parameterNames.includes(name),
  );
}

function planReplacement(stack: StackState): DeployPlan {
  if (stack.terminationProtection) {
    return refuse(
      'conflict',
      `Stack ${stack.name} is ${stack.status} and must be deleted first, but termination protection is on. Turn it off, then try again`,
    );
  }
  return { do: 'delete first', stackId: stack.id };
}

function toBrokenText({ name, status, statusReason }: StackState): string {
  const why = statusReason ? ` (${statusReason})` : '';
  return `Stack ${name} is ${status}${why} and cannot be updated. ${
    remedies[status] ?? 'Delete it, then try again'
  }`;
}

const remedies: Partial<Record<StackStatus, string>> = {
  UPDATE_ROLLBACK_FAILED:
    'Fix what prevents its rollback (see its events), then deploy with continueRollback: true; list resources that cannot be rolled back, such as deleted ones, in resourcesToSkip',
  UPDATE_FAILED:
    'Its rollback was disabled: roll it back in the console (Stack actions, Roll back), then try again',
  DELETE_FAILED:
    'Delete it again: the error then names what prevents its deletion',
  IMPORT_ROLLBACK_FAILED:
    'Continue its rollback in the console, then try again',
};
