/** Every state that CloudFormation's model has for a change set has one outcome, and none is waited for in vain. */
import {
  ChangeSetStatus,
  ExecutionStatus,
} from '@aws-sdk/client-cloudformation';
import { aSpec, aStack } from '../__testUtils__';
import { StubCloudFormation } from '../__testUtils__/aws/StubCloudFormation';
import { deployStack } from './deployStack';

const spec = aSpec();
const { tags } = aStack();

type Outcome = 'executes' | 'follows' | 'waits' | 'is refused' | 'is overtaken';

const ofExecution: Partial<Record<ExecutionStatus, Outcome>> = {
  EXECUTE_IN_PROGRESS: 'follows',
  EXECUTE_COMPLETE: 'follows',
  EXECUTE_FAILED: 'is refused',
  OBSOLETE: 'is overtaken',
};
const ofStatus: Record<ChangeSetStatus, Outcome> = {
  CREATE_PENDING: 'waits',
  CREATE_IN_PROGRESS: 'waits',
  CREATE_COMPLETE: 'executes',
  FAILED: 'is refused',
  DELETE_PENDING: 'is overtaken',
  DELETE_IN_PROGRESS: 'is overtaken',
  DELETE_COMPLETE: 'is overtaken',
  DELETE_FAILED: 'is overtaken',
};
const toOutcome = (status: ChangeSetStatus, execution: ExecutionStatus) =>
  ofExecution[execution] ??
  (status === 'CREATE_COMPLETE' && execution === 'UNAVAILABLE'
    ? 'is refused'
    : ofStatus[status]);

const pairs = Object.values(ChangeSetStatus).flatMap(status =>
  Object.values(ExecutionStatus).map(
    execution => [status, execution, toOutcome(status, execution)] as const,
  ),
);

let late = 0;
const { now } = Date;
beforeEach(() => {
  late = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + late);
});
afterEach(() => jest.restoreAllMocks());

/** Deploys while each look at the change set, in this state, takes twenty seconds. */
async function deploy(state: object, timeoutMinutes: number) {
  const stub = new StubCloudFormation(spec.stackName);
  stub.templateBody = spec.template.body;
  const stack = stub.add('CREATE_COMPLETE', tags);
  stub.execution = [
    ['stack', 'UPDATE_IN_PROGRESS', 'User Initiated'],
    ['stack', 'UPDATE_COMPLETE'],
  ];
  stub.intercept = (action, input) => {
    if (action !== 'DescribeChangeSet') return undefined;
    late += 20_000;
    const isOnItsWay = /^EXECUTE_(IN|COM)/.test((state as any).ExecutionStatus);
    if (isOnItsWay && stack.status === 'CREATE_COMPLETE') {
      stub.happen(stack, stub.execution);
    }
    return { ChangeSetId: input.ChangeSetName, StackId: stack.id, ...state };
  };
  const { clients } = stub;
  const result = await deployStack({
    clients,
    spec,
    timeoutMinutes,
    log: () => {},
  }).catch((error: Error) => error);
  return { stub, result };
}

const outcomeOf = ({ stub, result }: Awaited<ReturnType<typeof deploy>>) => {
  if (!(result instanceof Error)) {
    return stub.count('ExecuteChangeSet') > 0 ? 'executes' : 'follows';
  }
  if (/refused the change set/.test(result.message)) return 'is refused';
  if (/Another caller/.test(result.message)) return 'is overtaken';
  return /has not prepared/.test(result.message) ? 'waits' : result.message;
};

describe('contract: a change set in state', () => {
  it.each(pairs)(
    '%s, %s: the deployment %s',
    async (Status, ExecutionStatus_, outcome) => {
      const minutes = outcome === 'waits' ? 1 : 60;
      const state = { Status, ExecutionStatus: ExecutionStatus_ };
      expect(outcomeOf(await deploy(state, minutes))).toBe(outcome);
      expect(late).toBeLessThanOrEqual(120_000);
    },
  );

  it.each([
    [{ Status: 'A_NEW_ONE', ExecutionStatus: 'AVAILABLE' }],
    [{ Status: 'CREATE_COMPLETE', ExecutionStatus: 'A_NEW_ONE' }],
    [{}],
  ])('that a later model has is refused: %j', async state => {
    const done = await deploy(state, 60);
    expect(outcomeOf(done)).toBe('is refused');
    expect(done.stub.count('ExecuteChangeSet')).toBe(0);
  });
});
