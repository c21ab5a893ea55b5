/**
 * Fails every call after CloudFormation has started, in every way: the error must say that the operation
 * goes on or how it ended, of which stack, and how to follow it.
 */
import { aSpec, aStack } from '../__testUtils__';
import {
  awsError,
  StubCloudFormation,
} from '../__testUtils__/aws/StubCloudFormation';
import { deleteStack } from '../delete/deleteStack';
import { deployStack } from './deployStack';

const spec = aSpec();
const { tags } = aStack();
const starts = ['ExecuteChangeSet', 'DeleteStack', 'ContinueUpdateRollback'];

const failures = {
  denied: () => awsError('AccessDenied', 'User is not authorized', 403),
  'expired token': () => awsError('ExpiredToken', 'The token has expired', 403),
  throttled: () => awsError('Throttling', 'Rate exceeded'),
  'no network': () =>
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
};

const updated = [
  ['stack', 'UPDATE_IN_PROGRESS', 'User Initiated'],
  ['stack', 'UPDATE_COMPLETE'],
] as const;

interface Scenario {
  make: () => StubCloudFormation;
  run: (stub: StubCloudFormation, signal?: AbortSignal) => Promise<unknown>;
}

function aStub(change: (stub: StubCloudFormation) => void) {
  return () => {
    const stub = new StubCloudFormation(spec.stackName);
    stub.templateBody = spec.template.body;
    change(stub);
    return stub;
  };
}
const deploy =
  (options: object = {}) =>
  ({ clients }: StubCloudFormation, signal?: AbortSignal) =>
    deployStack({ clients, spec, signal, log: () => {}, ...options });
const remove =
  (options: object = {}) =>
  ({ clients }: StubCloudFormation, signal?: AbortSignal) =>
    deleteStack({
      clients,
      signal,
      stackName: spec.stackName,
      confirm: spec.stackName,
      ownership: spec.ownership,
      log: () => {},
      ...options,
    });

const scenarios: Record<string, Scenario> = {
  'a create': {
    make: aStub(stub => {
      stub.execution = [
        ['stack', 'CREATE_IN_PROGRESS', 'User Initiated'],
        ['stack', 'CREATE_COMPLETE'],
      ];
    }),
    run: deploy(),
  },
  'an update': {
    make: aStub(stub => {
      stub.add('CREATE_COMPLETE', tags);
      stub.execution = updated.map(each => [...each]);
    }),
    run: deploy(),
  },
  'an update that is not waited for': {
    make: aStub(stub => {
      stub.add('CREATE_COMPLETE', tags);
      stub.execution = updated.map(each => [...each]);
    }),
    run: deploy({ wait: false }),
  },
  'a create after the deletion of a stack whose first create failed': {
    make: aStub(stub => {
      stub.add('ROLLBACK_COMPLETE', tags);
      stub.execution = [
        ['stack', 'CREATE_IN_PROGRESS', 'User Initiated'],
        ['stack', 'CREATE_COMPLETE'],
      ];
    }),
    run: deploy(),
  },
  'an update after a continued rollback': {
    make: aStub(stub => {
      stub.add('UPDATE_ROLLBACK_FAILED', tags);
      stub.continuation = [
        ['stack', 'UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated'],
        ['stack', 'UPDATE_ROLLBACK_COMPLETE'],
      ];
      stub.execution = updated.map(each => [...each]);
    }),
    run: deploy({ continueRollback: true }),
  },
  'a deletion': {
    make: aStub(stub => stub.add('CREATE_COMPLETE', tags)),
    run: remove(),
  },
  'a deletion with its data': {
    make: aStub(stub => {
      stub.add('CREATE_COMPLETE', tags);
      stub.templateBody = JSON.stringify({
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain' },
        },
      });
      stub.resources = [
        {
          LogicalResourceId: 'Queue',
          PhysicalResourceId: 'queue',
          ResourceType: 'AWS::SQS::Queue',
          ResourceStatus: 'CREATE_COMPLETE',
          LastUpdatedTimestamp: new Date(0),
        },
      ];
      stub.execution = updated.map(each => [...each]);
      stub.intercept = action => {
        // after the update that drops it, nothing is retained
        if (action !== 'GetTemplate' || stub.count('ExecuteChangeSet') === 0)
          return undefined;
        return { TemplateBody: '{}' };
      };
    }),
    run: remove({ removeData: true }),
  },
};

/** Runs once undisturbed, and returns the number of each call from the first start on. */
async function listCalls({ make, run }: Scenario) {
  const stub = make();
  await run(stub);
  const first = stub.calls.findIndex(({ action }) => starts.includes(action));
  return stub.calls.map(({ action }, at) => ({ action, at })).slice(first);
}

/** Fails the call of this number, and all others of the same action after it. */
function failFrom(stub: StubCloudFormation, at: number, toError: () => Error) {
  const { intercept } = stub;
  let failing: string | undefined;
  stub.intercept = (action, input) => {
    if (stub.calls.length === at + 1) failing = action;
    if (action !== failing) return intercept(action, input);
    // what passes by itself is tolerated for five minutes
    late += 200_000;
    throw toError();
  };
}

let late = 0;
const { now } = Date;
beforeEach(() => {
  late = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + late);
});
afterEach(() => jest.restoreAllMocks());

/** Runs with this stub; undefined if it succeeds, such as where only a clean-up failed, which is logged. */
const findError = (
  { run }: Scenario,
  stub: StubCloudFormation,
  signal?: AbortSignal,
) =>
  run(stub, signal).then(
    () => undefined,
    (error: Error) => error,
  );

/** Lists what the error does not say, though CloudFormation has started. */
function listUnsaid(stub: StubCloudFormation, { name, message }: Error) {
  const musts: [string, boolean][] = [
    ['that it started', name === 'OperationStartedError'],
    ['the name of the stack', message.includes(spec.stackName)],
    ['its ARN', message.includes(stub.stacks[0].id)],
    ['its page', message.includes('https://eu-west-1.console.aws.amazon.com/')],
    ['what goes on', /goes on|may have started|ended: [A-Z_]+/.test(message)],
  ];
  return musts.filter(([, isSaid]) => !isSaid).map(([what]) => what);
}

describe.each(Object.entries(scenarios))('contract: %s', (_name, scenario) => {
  it.each(Object.entries(failures))(
    'says what goes on, whichever later call is %s',
    async (_failure, toError) => {
      const calls = await listCalls(scenario);
      const unsaid: string[] = [];
      for (const { action, at } of calls) {
        const stub = scenario.make();
        failFrom(stub, at, toError);
        const error = await findError(scenario, stub);
        // the first start fails: CloudFormation says that it has not started, and nothing was changed
        const isRefused = at === calls[0].at;
        const missing = isRefused
          ? [error?.name].filter(name => name === 'OperationStartedError')
          : error && listUnsaid(stub, error);
        unsaid.push(...(missing ?? []).map(what => `${action}: ${what}`));
      }
      expect(calls.length).toBeGreaterThan(1);
      expect(unsaid).toEqual([]);
    },
    60_000,
  );

  it('says so too if it is cancelled', async () => {
    const [, ...calls] = await listCalls(scenario);
    const unsaid: string[] = [];
    for (const { action, at } of calls) {
      const stub = scenario.make();
      const { intercept } = stub;
      const cancel = new AbortController();
      stub.intercept = (called, input) => {
        if (stub.calls.length === at + 1) {
          cancel.abort();
          throw cancel.signal.reason;
        }
        return intercept(called, input);
      };
      const error = await findError(scenario, stub, cancel.signal);
      const missing = error ? listUnsaid(stub, error) : [];
      unsaid.push(...missing.map(what => `${action}: ${what}`));
    }
    expect(unsaid).toEqual([]);
  });
});
