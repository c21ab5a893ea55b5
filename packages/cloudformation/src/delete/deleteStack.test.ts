/** Contract test, against answers written after CloudFormation's API model: no emulator fails to delete. */
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { AwsClientFactory } from '@data-lake/aws';
import { aStack, toOwnership } from '../__testUtils__';
import { deleteStack } from './deleteStack';
import { toCallerName } from '../stack/identity';
import { toRetentionCaller } from './dropRetention';
import { planStackDeletion } from './planStackDeletion';

const cloudformation = mockClient(CloudFormationClient);
const clients = new AwsClientFactory({
  endpoints: {},
  credentials: { getCredentialProvider: async () => ({} as any) },
}).forTarget({ account: '123456789012', region: 'eu-west-1' });

const { id, name, tags } = aStack();
const entity = tags['data-lake:entity'];

const event = (status: string, logicalId: string, reason?: string) => ({
  EventId: `${logicalId}-${status}`,
  StackId: id,
  LogicalResourceId: logicalId,
  PhysicalResourceId: logicalId === name ? id : logicalId.toLowerCase(),
  ResourceType: 'AWS::EC2::SecurityGroup',
  Timestamp: new Date(0),
  ResourceStatus: status as any,
  ResourceStatusReason: reason,
});

const describing = (StackStatus_: StackStatus) => ({
  Stacks: [
    {
      StackId: id,
      StackName: name,
      StackStatus: StackStatus_,
      CreationTime: new Date(0),
      Tags: [{ Key: 'data-lake:entity', Value: entity }],
    },
  ],
});

function stackThat(status: StackStatus, ...during: ReturnType<typeof event>[]) {
  const before = event('CREATE_COMPLETE', name);
  let events = [before];
  let now: StackStatus = status;
  cloudformation.reset();
  const start = () => {
    events = [...during].reverse().concat(before);
    now = 'DELETE_FAILED';
    return {};
  };
  if (status === 'DELETE_IN_PROGRESS') start();
  cloudformation.on(DescribeStacksCommand).callsFake(() => ({
    Stacks: [
      {
        StackId: id,
        StackName: name,
        StackStatus: now,
        Tags: [{ Key: 'data-lake:entity', Value: entity }],
      },
    ],
  }));
  cloudformation.on(GetTemplateCommand).resolves({ TemplateBody: '{}' });
  cloudformation.on(ListStackResourcesCommand).resolves({});
  cloudformation
    .on(DescribeStackEventsCommand)
    .callsFake(() => ({ StackEvents: events }));
  cloudformation.on(DeleteStackCommand).callsFake(start);
}

const failing = [
  event('DELETE_IN_PROGRESS', name),
  event('DELETE_FAILED', 'Slow', 'throttled'),
  event('DELETE_COMPLETE', 'Slow'),
  event('DELETE_FAILED', 'Group', 'has a dependent object'),
  event('DELETE_FAILED', name, 'The following resource(s) failed'),
];
const options = {
  clients,
  stackName: name,
  ownership: toOwnership(entity),
  confirm: name,
  log: jest.fn(),
};
const remove = (more: object = {}) => deleteStack({ ...options, ...more });
const plan = (more: object = {}) => planStackDeletion({ ...options, ...more });

describe('deleteStack', () => {
  it('names resources that could not be deleted, with the reason', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    const error: Error = await remove().catch(e => e);
    expect(error.name).toBe('DeletionFailedError');
    expect(error.message).toMatch(
      /is DELETE_FAILED\. Not deleted: Group \(AWS::EC2::SecurityGroup, group\): has a dependent object\. Fix the cause.*console\.aws/,
    );
  });

  it('logs each line of the plan by itself', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    const log = jest.fn();
    await remove({ log }).catch(() => {});
    expect(log.mock.calls[0]).toEqual([
      `Deleting stack ${name} deletes 0 resources`,
    ]);
  });

  it('finds the end of a deletion that ends while it is looked for', async () => {
    stackThat(
      'DELETE_IN_PROGRESS',
      event('DELETE_IN_PROGRESS', name),
      event('DELETE_COMPLETE', 'Group'),
      event('DELETE_COMPLETE', name),
    );
    // the stack itself is still as it was a moment ago
    cloudformation
      .on(DescribeStacksCommand)
      .resolves(describing('DELETE_IN_PROGRESS'));
    const done = remove({ timeoutMinutes: 0.05 });
    expect(await done).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  it('plans to follow a deletion in progress', async () => {
    stackThat('DELETE_IN_PROGRESS', event('DELETE_IN_PROGRESS', name));
    cloudformation
      .on(DescribeStacksCommand)
      .resolves(describing('DELETE_IN_PROGRESS'));
    expect(await plan()).toMatchObject({
      status: 'DELETE_IN_PROGRESS',
      does: 'follow',
    });
    expect(cloudformation.commandCalls(DeleteStackCommand)).toEqual([]);
  });

  it('deletes nothing when it plans, or if another name is confirmed', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    expect(await plan()).toMatchObject({
      status: 'CREATE_COMPLETE',
      does: 'delete',
    });
    await expect(remove({ confirm: 'movielens' })).rejects.toThrow(
      /to confirm, enter the name of the stack/,
    );
    expect(cloudformation.commandCalls(DeleteStackCommand)).toEqual([]);
  });

  it('lists the remaining resources when cancelled, because CloudFormation continues', async () => {
    stackThat('CREATE_COMPLETE', event('DELETE_IN_PROGRESS', name));
    const cancel = new AbortController();
    cloudformation.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'Group',
          PhysicalResourceId: 'group',
          ResourceType: 'AWS::EC2::SecurityGroup',
          ResourceStatus: 'DELETE_IN_PROGRESS',
          LastUpdatedTimestamp: new Date(0),
        },
      ],
    });
    const log = jest.fn((line: string) => {
      if (line.includes('DELETE_IN_PROGRESS')) cancel.abort();
    });
    await expect(remove({ log, signal: cancel.signal })).rejects.toThrow(
      /abort/i,
    );
    const [cancelled, left] = log.mock.calls.slice(-2).map(([line]) => line);
    expect(cancelled).toMatch(
      /cannot cancel a deletion: it continues to delete .*console\.aws/,
    );
    expect(left).toBe(
      'Not deleted yet: Group (AWS::EC2::SecurityGroup, group)',
    );
  });

  it('starts nothing if it is cancelled before', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    const cancel = new AbortController();
    const log = jest.fn((line: string) => {
      if (line.startsWith('Deleting stack')) cancel.abort();
    });
    await expect(remove({ log, signal: cancel.signal })).rejects.toThrow();
    expect(cloudformation.commandCalls(DeleteStackCommand)).toEqual([]);
    expect(log).toHaveBeenLastCalledWith(
      `Cancelled before CloudFormation started to delete ${name}`,
    );
  });

  it('waits for a last update that a killed try has started', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    const started = {
      ...event('UPDATE_IN_PROGRESS', name),
      StackName: name,
      ClientRequestToken: `${toCallerName(toRetentionCaller({}))}-x`,
    };
    cloudformation
      .on(DescribeStackEventsCommand)
      .resolvesOnce({ StackEvents: [started] });
    cloudformation
      .on(DescribeStacksCommand)
      .resolvesOnce(describing('UPDATE_IN_PROGRESS'))
      .resolves(describing('UPDATE_COMPLETE'));
    expect(await plan({ removeData: true })).toMatchObject({
      status: 'UPDATE_COMPLETE',
    });
  });

  it('reports undeletable data before it deletes anything', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    const Data = { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain' };
    cloudformation.on(GetTemplateCommand).resolves({
      TemplateBody: JSON.stringify({
        Description: 'x'.repeat(51_200),
        Resources: { Data },
      }),
    });
    cloudformation.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'Data',
          ResourceType: Data.Type,
          ResourceStatus: 'CREATE_COMPLETE',
          LastUpdatedTimestamp: new Date(0),
        },
      ],
    });
    for (const act of [plan, remove]) {
      await expect(act({ removeData: true })).rejects.toThrow(
        /^The data of .* cannot be removed: .*set templateBucket/,
      );
    }
    expect(await plan()).toMatchObject({
      stays: [{ logicalId: 'Data' }],
    });
    expect(cloudformation.commandCalls(DeleteStackCommand)).toEqual([]);
  });

  it('passes on no status of a resource, whose reason may quote a secret', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    cloudformation.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'Group',
          PhysicalResourceId: 'group',
          ResourceType: 'AWS::EC2::SecurityGroup',
          ResourceStatus: 'UPDATE_FAILED',
          ResourceStatusReason: 'the password hunter22 is too short',
          LastUpdatedTimestamp: new Date(0),
        },
      ],
    });
    expect((await plan()).goes).toEqual([
      {
        logicalId: 'Group',
        physicalId: 'group',
        type: 'AWS::EC2::SecurityGroup',
      },
    ]);
  });

  it('reads nothing of a stack that is not the entity’s', async () => {
    stackThat('CREATE_COMPLETE', ...failing);
    const ownership = toOwnership('component:default/x');
    await expect(remove({ ownership })).rejects.toThrow(
      /belongs to component:default\/movielens/,
    );
    expect(cloudformation.commandCalls(ListStackResourcesCommand)).toEqual([]);
  });

  it('deletes a stack whose tag has the same entity ref in another case', async () => {
    stackThat(
      'CREATE_COMPLETE',
      event('DELETE_IN_PROGRESS', name),
      event('DELETE_COMPLETE', name),
    );
    const ownership = toOwnership('Component:default/MovieLens');
    expect(await remove({ ownership })).toMatchObject({ deleted: true });
  });
});
