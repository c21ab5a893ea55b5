/**
 * Contract tests, against answers written after CloudFormation's API model: what no emulator shows,
 * such as operations that take time, other callers' operations, and lost answers. All else is proven on
 * the local AWS, in tests/integration/deploy.test.ts.
 */
import {
  ChangeSetStatus,
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ExecutionStatus,
  ListChangeSetsCommand,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { AwsClientFactory } from '@data-lake/aws';
import { aSpec, aStack } from '../__testUtils__';
import { deployStack } from './deployStack';
import { toChangeSetName, toExecutionToken } from '../stack/identity';

const cloudformation = mockClient(CloudFormationClient);
const clients = new AwsClientFactory({
  endpoints: {},
  credentials: { getCredentialProvider: async () => ({} as any) },
}).forTarget({ account: '123456789012', region: 'eu-west-1' });

const spec = aSpec();
const token = toExecutionToken(toChangeSetName(spec), 'arn');
const log = jest.fn();
const deploy = (options: object = {}) =>
  deployStack({ clients, spec, log, ...options });

const failure = (errorName: string, message: string) =>
  Object.assign(new Error(message), { name: errorName });
const noStack = failure('ValidationError', 'Stack with id x does not exist');

/** A stack that settles after some polls: each poll shows one more of its events. */
class FakeStack {
  status?: StackStatus;
  executed = 0;
  private readonly events: object[] = [];
  private shown = 0;
  changeSet?: ExecutionStatus;

  constructor(private readonly future: [StackStatus, string?][]) {
    cloudformation.reset();
    log.mockClear();
    cloudformation.on(DescribeStacksCommand).callsFake(() => {
      if (!this.status) throw noStack;
      const { id, name: StackName, tags } = aStack();
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return {
        Stacks: [{ StackId: id, StackName, StackStatus: this.status, Tags }],
      };
    });
    cloudformation.on(CreateChangeSetCommand).callsFake(() => {
      this.status ??= 'REVIEW_IN_PROGRESS';
      this.changeSet = 'AVAILABLE';
      return { Id: 'arn', StackId: aStack().id };
    });
    cloudformation.on(DescribeChangeSetCommand).callsFake(() => ({
      ChangeSetId: 'arn',
      StackId: aStack().id,
      Status: 'CREATE_COMPLETE' as ChangeSetStatus,
      ExecutionStatus: this.changeSet,
    }));
    cloudformation.on(ExecuteChangeSetCommand).callsFake(() => this.execute());
    cloudformation.on(DescribeStackEventsCommand).callsFake(() => this.next());
    cloudformation.on(DeleteChangeSetCommand).resolves({});
    cloudformation.on(ListChangeSetsCommand).resolves({ Summaries: [] });
  }

  execute(as = token) {
    this.executed += 1;
    this.changeSet = 'EXECUTE_IN_PROGRESS';
    this.future.forEach(([ResourceStatus, ResourceStatusReason], i) =>
      this.events.push({
        EventId: `e${i}`,
        StackId: aStack().id,
        PhysicalResourceId: aStack().id,
        LogicalResourceId: aStack().name,
        ResourceType: 'AWS::CloudFormation::Stack',
        Timestamp: new Date(i),
        ClientRequestToken: as,
        ResourceStatus,
        ResourceStatusReason,
      }),
    );
    return {};
  }

  next() {
    this.shown = Math.min(this.shown + 1, this.events.length);
    const shown = this.events.slice(0, this.shown) as any[];
    this.status = shown.at(-1)?.ResourceStatus ?? this.status;
    return { StackEvents: [...shown].reverse() };
  }
}

const create: [StackStatus][] = [['CREATE_IN_PROGRESS'], ['CREATE_COMPLETE']];

describe('deployStack', () => {
  it('waits for the end of a long operation', async () => {
    const stack = new FakeStack([
      ['CREATE_IN_PROGRESS'],
      ['CREATE_IN_PROGRESS'],
      ['CREATE_COMPLETE'],
    ]);
    expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(stack.executed).toBe(1);
    const [execution] = cloudformation.commandCalls(ExecuteChangeSetCommand);
    expect(execution.args[0].input).toMatchObject({
      ClientRequestToken: token,
      RetainExceptOnCreate: true,
    });
  });

  it('follows its own operation in progress, and starts no second', async () => {
    const stack = new FakeStack([
      ['CREATE_IN_PROGRESS'],
      ['CREATE_IN_PROGRESS'],
      ['CREATE_COMPLETE'],
    ]);
    stack.execute();
    stack.next();
    expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(stack.executed).toBe(1);
    expect(cloudformation.commandCalls(CreateChangeSetCommand)).toEqual([]);
  });

  it("leaves another caller's operation alone", async () => {
    const stack = new FakeStack(create);
    stack.execute('another-caller');
    stack.next();
    await expect(deploy()).rejects.toThrow(/another caller's operation/);
    expect(stack.executed).toBe(1);
  });

  it('makes the change set of an earlier try again: it may hold another secret', async () => {
    const stack = new FakeStack(create);
    stack.status = 'REVIEW_IN_PROGRESS';
    stack.changeSet = 'AVAILABLE';
    let there = true;
    cloudformation.on(CreateChangeSetCommand).callsFake(() => {
      if (there) throw failure('AlreadyExistsException', 'exists');
      return { Id: 'arn', StackId: aStack().id };
    });
    cloudformation.on(DeleteChangeSetCommand).callsFake(() => {
      there = false;
      return {};
    });
    const secret = {
      ...spec,
      template: {
        ...spec.template,
        parameters: { Password: { hasDefault: false, noEcho: true } },
      },
      parameters: { Password: 'the new one' },
    };
    expect(await deploy({ spec: secret })).toMatchObject({
      status: 'CREATE_COMPLETE',
    });
    const [, anew] = cloudformation.commandCalls(CreateChangeSetCommand);
    expect(anew.args[0].input.Parameters).toEqual([
      { ParameterKey: 'Password', ParameterValue: 'the new one' },
    ]);
    expect(stack.executed).toBe(1);
  });

  it('does not execute a change set that an earlier try has executed', async () => {
    const stack = new FakeStack(create);
    cloudformation.on(CreateChangeSetCommand).callsFake(() => {
      stack.status = 'CREATE_IN_PROGRESS';
      stack.execute();
      throw failure('AlreadyExistsException', 'exists');
    });
    expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(stack.executed).toBe(1);
  });

  it('follows a create that failed until it is rolled back', async () => {
    const stack = new FakeStack([
      ['CREATE_FAILED', 'Validation failed. Call DescribeEvents'],
      ['ROLLBACK_IN_PROGRESS'],
      ['ROLLBACK_COMPLETE'],
    ]);
    cloudformation.on(DescribeStacksCommand).callsFake(() => {
      if (stack.executed === 0) throw noStack;
      const { id, name: StackName } = aStack();
      const StackStatus_ = 'ROLLBACK_IN_PROGRESS';
      return {
        Stacks: [{ StackId: id, StackName, StackStatus: StackStatus_ }],
      };
    });
    const invalid = (LogicalResourceId: string) => ({
      OperationEvents: [
        {
          EventType: 'VALIDATION_ERROR' as const,
          LogicalResourceId,
          ResourceType: 'AWS::S3::Bucket',
          ValidationStatusReason: 'exists',
        },
      ],
    });
    cloudformation
      .on(DescribeEventsCommand)
      .resolves(invalid('Second'))
      .on(DescribeEventsCommand, { NextToken: undefined })
      .resolves({ ...invalid('Bucket'), NextToken: 'more' });
    const failed =
      /is ROLLBACK_COMPLETE\. Bucket \(AWS::S3::Bucket\): exists; Second/;
    await expect(deploy()).rejects.toThrow(failed);
  });

  it('removes a change set that it was cancelled while making, once it is made', async () => {
    const stack = new FakeStack(create);
    const cancel = new AbortController();
    let making = true;
    cloudformation.on(DescribeChangeSetCommand).callsFake(() => {
      cancel.abort();
      setTimeout(() => {
        making = false;
      }, 300);
      return {
        ChangeSetId: 'arn',
        Status: making ? 'CREATE_IN_PROGRESS' : 'CREATE_COMPLETE',
        ExecutionStatus: making ? 'UNAVAILABLE' : 'AVAILABLE',
      };
    });
    cloudformation.on(DeleteChangeSetCommand).callsFake(() => {
      if (!making) return {};
      throw failure(
        'InvalidChangeSetStatus',
        'Cannot delete ChangeSet in status CREATE_IN_PROGRESS',
      );
    });
    await expect(deploy({ signal: cancel.signal })).rejects.toThrow(/abort/i);
    expect(stack.executed).toBe(0);
    expect(cloudformation.commandCalls(DeleteChangeSetCommand)).toHaveLength(2);
    expect(log).toHaveBeenLastCalledWith(
      'Nothing was changed, and nothing is left behind',
    );
  });

  it('removes nothing if it is unknown whether CloudFormation has started', async () => {
    const stack = new FakeStack(create);
    let lost = false;
    cloudformation.on(ExecuteChangeSetCommand).callsFake(() => {
      lost = true;
      throw failure('AccessDenied', 'lost');
    });
    cloudformation.on(DescribeChangeSetCommand).callsFake(() => {
      if (lost) throw failure('AccessDenied', 'no');
      return {
        ChangeSetId: 'arn',
        Status: 'CREATE_COMPLETE',
        ExecutionStatus: 'AVAILABLE',
      };
    });
    await expect(deploy()).rejects.toThrow(
      /denied executing the change set.*CloudFormation may have started the creation of stack .*Run this again/,
    );
    expect(stack.executed).toBe(0);
    expect(cloudformation.commandCalls(DeleteChangeSetCommand)).toEqual([]);
  });

  it('says that CloudFormation continues when cancelled during the operation', async () => {
    const stack = new FakeStack(Array(50).fill(['CREATE_IN_PROGRESS']));
    const cancel = new AbortController();
    const work = deploy({
      signal: cancel.signal,
      log: (line: string) => {
        log(line);
        if (line.includes('CREATE_IN_PROGRESS')) cancel.abort();
      },
    });
    await expect(work).rejects.toThrow(/abort/i);
    expect(stack.executed).toBe(1);
    expect(log).toHaveBeenCalledWith(
      expect.stringContaining('Cancelled here, but CloudFormation continues'),
    );
  });

  it('ends its wait in time, and says how to continue', async () => {
    const stack = new FakeStack(Array(50).fill(['CREATE_IN_PROGRESS']));
    await expect(deploy({ timeoutMinutes: 0.005 })).rejects.toThrow(
      /has not ended in time.*Run this again to follow it/,
    );
    expect(stack.executed).toBe(1);
  });

  it('leaves nothing if CloudFormation refuses the change set', async () => {
    const stack = new FakeStack(create);
    cloudformation.on(DescribeChangeSetCommand).resolves({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason: 'Circular dependency',
    });
    await expect(deploy()).rejects.toThrow(
      /refused the change set.*Circular dependency/,
    );
    expect(stack.executed).toBe(0);
    expect(cloudformation.commandCalls(DeleteChangeSetCommand)).toHaveLength(1);
  });

  it('names the action that a denied call needs', async () => {
    const stack = new FakeStack(create);
    cloudformation
      .on(CreateChangeSetCommand)
      .rejects(failure('AccessDenied', 'no'));
    await expect(deploy()).rejects.toThrow(
      /need cloudformation:CreateChangeSet/,
    );
    expect(stack.executed).toBe(0);
  });
});
