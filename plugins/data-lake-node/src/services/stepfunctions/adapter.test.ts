import { contextWith, stackWith } from '../__testUtils__/context';
import {
  describeContract,
  endlessly,
  inTwoPages,
} from '../__testUtils__/contract';
import { sdkError } from '../__testUtils__/fakeClients';
import { stepfunctions } from './adapter';

const arn =
  'arn:aws:states:eu-central-1:111122223333:stateMachine:movielens-demo';
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second));
const execution = (name: string, status = 'SUCCEEDED') => ({
  executionArn: `${arn}:${name}`,
  name,
  status,
  startDate: at(0),
  stopDate: at(9),
});
const entered = (
  id: number,
  name: string,
  second: number,
  previousEventId = id - 1,
) => ({
  id,
  previousEventId,
  type: 'TaskStateEntered',
  timestamp: at(second),
  stateEnteredEventDetails: { name },
});
const exited = (id: number, name: string, second: number) => ({
  id,
  previousEventId: id - 1,
  type: 'TaskStateExited',
  timestamp: at(second),
  stateExitedEventDetails: { name },
});
const other = (id: number, type: string, second: number, details = {}) => ({
  id,
  previousEventId: id - 1,
  type,
  timestamp: at(second),
  ...details,
});
const green = [
  other(1, 'ExecutionStarted', 0),
  entered(2, 'StartGlueJob', 1),
  other(3, 'LambdaFunctionScheduled', 1),
  other(4, 'LambdaFunctionSucceeded', 2),
  exited(5, 'StartGlueJob', 2),
  other(6, 'ExecutionSucceeded', 9),
];
const healthy = {
  DescribeStateMachine: () => ({
    stateMachineArn: arn,
    name: 'movielens-demo',
    status: 'ACTIVE',
    type: 'STANDARD',
  }),
  ListExecutions: () => ({ executions: [execution('run-1')] }),
  GetExecutionHistory: () => ({ events: green }),
};
const stacks = [stackWith([['AWS::StepFunctions::StateMachine', arn]])];

describe('stepfunctions', () => {
  describeContract({
    adapter: stepfunctions,
    stacks,
    healthy,
    ids: [
      arn,
      'stepfunctions:execution:run-1',
      'stepfunctions:state:run-1/StartGlueJob',
    ],
    paged: {
      answers: {
        ListExecutions: inTwoPages({
          first: { executions: [execution('run-1')] },
          second: { executions: [execution('run-2')] },
          in: 'nextToken',
          out: 'nextToken',
        }),
        GetExecutionHistory: inTwoPages({
          first: { events: green.slice(0, 3) },
          second: { events: green.slice(3) },
          in: 'nextToken',
          out: 'nextToken',
        }),
      },
      ids: ['stepfunctions:execution:run-2'],
    },
    endless: {
      ListExecutions: endlessly(
        { executions: [execution('run-1')] },
        'nextToken',
      ),
    },
    gone: {
      answers: {
        DescribeStateMachine: () => {
          throw sdkError('StateMachineDoesNotExist', 'gone');
        },
      },
      id: arn,
    },
    unknownStatus: {
      answers: {
        DescribeStateMachine: () => ({
          ...healthy.DescribeStateMachine(),
          status: 'X',
        }),
        ListExecutions: () => ({
          executions: [execution('run-1', 'WONDERING')],
        }),
      },
      ids: [arn, 'stepfunctions:execution:run-1'],
    },
    action: 'states:DescribeStateMachine',
  });

  const statesOf = async (status: string, events: object[]) => {
    const context = contextWith({
      stacks,
      answers: {
        ...healthy,
        ListExecutions: () => ({ executions: [execution('run-1', status)] }),
        GetExecutionHistory: () => ({ events }),
      },
    });
    const [{ steps }] = (await stepfunctions.observe(context)).parts;
    return steps;
  };

  it('tells the failed state, its error, and the cause of the execution', async () => {
    const details = { error: 'GlueJobFailed', cause: 'no space left' };
    const steps = await statesOf('FAILED', [
      ...green.slice(0, 2),
      other(3, 'LambdaFunctionFailed', 2, {
        lambdaFunctionFailedEventDetails: details,
      }),
      other(4, 'ExecutionFailed', 3, { executionFailedEventDetails: details }),
    ]);
    expect(steps).toMatchObject([
      {
        kind: 'execution',
        state: 'failed',
        error: 'GlueJobFailed: no space left',
      },
      {
        name: 'StartGlueJob',
        state: 'failed',
        error: 'GlueJobFailed: no space left',
      },
    ]);
  });

  const retried = [
    other(1, 'ExecutionStarted', 0),
    entered(2, 'Check', 1),
    other(3, 'LambdaFunctionFailed', 2, {
      lambdaFunctionFailedEventDetails: { error: 'E' },
    }),
    other(4, 'LambdaFunctionScheduled', 3),
    other(5, 'LambdaFunctionSucceeded', 4),
    exited(6, 'Check', 4),
  ];

  it('forgives a state whose retry went well, and counts its tries', async () => {
    const steps = await statesOf('SUCCEEDED', retried);
    expect(steps[1]).toMatchObject({
      name: 'Check',
      state: 'succeeded',
      attempt: 2,
    });
    expect(steps[1].error).toBeUndefined();
  });

  it('takes a loop that comes again for no retry', async () => {
    const steps = await statesOf('SUCCEEDED', [
      ...retried,
      entered(7, 'Check', 5),
      other(8, 'LambdaFunctionSucceeded', 6),
      exited(9, 'Check', 6),
    ]);
    expect(steps[1]).toMatchObject({ name: 'Check', attempt: 1 });
  });

  it('keeps a caught failure failed, and what was open at the end cancelled', async () => {
    const steps = await statesOf('ABORTED', [
      other(1, 'ExecutionStarted', 0),
      entered(2, 'Start', 1),
      other(3, 'LambdaFunctionFailed', 2, {
        lambdaFunctionFailedEventDetails: { error: 'E' },
      }),
      exited(4, 'Start', 3),
      entered(5, 'Wait', 4),
    ]);
    expect(steps.slice(1).map(s => [s.name, s.state])).toEqual([
      ['Start', 'failed'],
      ['Wait', 'cancelled'],
    ]);
  });

  it('tells the items of a Map apart, and that it failed with one of them', async () => {
    const after = (previousEventId: number, event: object) => ({
      ...event,
      previousEventId,
    });
    const item = (index: number) => ({
      mapIterationStartedEventDetails: { name: 'Crawl', index },
    });
    const steps = await statesOf('FAILED', [
      other(1, 'ExecutionStarted', 0),
      { ...entered(2, 'Crawl', 1), type: 'MapStateEntered' },
      other(3, 'MapStateStarted', 1),
      other(4, 'MapIterationStarted', 1, item(0)),
      after(3, other(5, 'MapIterationStarted', 1, item(1))),
      after(4, entered(6, 'Start', 2)),
      after(5, entered(7, 'Start', 2)),
      after(6, exited(8, 'Start', 3)),
      after(8, other(9, 'MapIterationSucceeded', 3)),
      after(7, exited(10, 'Start', 4)),
      { ...entered(11, 'Refuse', 4), type: 'FailStateEntered' },
      after(11, other(12, 'MapIterationFailed', 4)),
      after(12, other(13, 'MapStateFailed', 4)),
      { ...exited(14, 'Crawl', 4), type: 'MapStateExited' },
      { ...entered(15, 'Give up', 4), type: 'FailStateEntered' },
      other(16, 'ExecutionFailed', 4, {
        executionFailedEventDetails: { error: 'E', cause: 'why' },
      }),
    ]);
    expect(steps.slice(1).map(s => [s.name, s.state, s.attempt])).toEqual([
      ['Crawl', 'failed', 1],
      ['Start [0]', 'succeeded', 1],
      ['Start [1]', 'succeeded', 1],
      ['Refuse [1]', 'failed', 1],
      ['Give up', 'failed', 1],
    ]);
    expect(steps.at(-1)!.error).toBe('E: why');
  });

  it.each([
    ['20261122T101500-1f2e_1', '20261122T101500-1f2e'],
    ['20261122T101500-1f2e_12', '20261122T101500-1f2e'],
    // as projects of earlier versions name them
    ['20261122T101500-1234', '20261122T101500-1234'],
    ['by_hand', 'by_hand'],
  ])('joins execution %s to the run of key %s', async (name, runKey) => {
    const context = contextWith({
      stacks,
      answers: {
        ...healthy,
        ListExecutions: () => ({ executions: [execution(name)] }),
      },
    });
    const [part] = (await stepfunctions.observe(context)).parts;
    expect(part).toMatchObject({
      partOf: { runKey },
      lead: { id: runKey },
      steps: [{ id: `stepfunctions:execution:${name}`, name }, {}],
    });
  });

  it('does not read executions of before the time asked for', async () => {
    const old = { ...execution('old'), startDate: new Date('2026-10-01') };
    const context = contextWith({
      stacks,
      answers: {
        ...healthy,
        ListExecutions: () => ({
          executions: [execution('run-1'), old],
          nextToken: 'x',
        }),
      },
    });
    const { parts } = await stepfunctions.observe(context);
    expect(parts.map(part => part.partOf)).toEqual([{ runKey: 'run-1' }]);
    expect(context.asked.filter(c => c === 'ListExecutions')).toHaveLength(1);
  });
});
