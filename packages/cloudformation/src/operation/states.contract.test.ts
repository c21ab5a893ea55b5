/**
 * Contract tests, against answers written after CloudFormation's API model
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/): states and failures that no
 * emulator shows. The SDK itself reads them, as XML over HTTP, so that nothing that the model does not
 * have gets through.
 */
import { AddressInfo } from 'node:net';
import { createServer, Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { AwsClientFactory, AwsClients } from '@data-lake/aws';
import { aSpec, toOwnership } from '../__testUtils__';
import { deleteStack } from '../delete/deleteStack';
import { planStackDeletion } from '../delete/planStackDeletion';
import { deployStack } from './deployStack';
import { toChangeSetName, toExecutionToken } from '../stack/identity';
import { parseTemplate } from '../template/parseTemplate';
import { previewStack } from './previewStack';

const stackId =
  'arn:aws:cloudformation:eu-west-1:123456789012:stack/movielens-demo-foundations/1';
const nestedId =
  'arn:aws:cloudformation:eu-west-1:123456789012:stack/movielens-demo-foundations-Network/2';
const spec = aSpec();
const log = jest.fn();
const logged = () => log.mock.calls.map(([line]) => line).join('\n');

class Failure extends Error {
  constructor(readonly code: string, message: string, readonly status = 400) {
    super(message);
  }
}

let server: Server;
let clients: AwsClients;
let calls: { action: string; input: URLSearchParams }[];
/** Answers by action; the last answer of a list is repeated. */
let answers: Record<string, unknown[]>;

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const input = new URLSearchParams(await text(incoming));
    const action = input.get('Action')!;
    calls.push({ action, input });
    const list = answers[action] ?? [new Failure('NotScripted', action)];
    const next = list.length > 1 ? list.shift() : list[0];
    if (next instanceof Failure) {
      outgoing.writeHead(next.status, { 'content-type': 'text/xml' });
      outgoing.end(
        `<ErrorResponse><Error><Type>Sender</Type>${toXml({
          Code: next.code,
          Message: next.message,
        })}</Error></ErrorResponse>`,
      );
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'text/xml' });
    outgoing.end(
      `<${action}Response><${action}Result>${toXml(
        next,
      )}</${action}Result></${action}Response>`,
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  clients = new AwsClientFactory({
    endpoints: {
      default: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    credentials: {
      getCredentialProvider: async () => ({
        sdkCredentialProvider: async () => ({
          accessKeyId: 'x',
          secretAccessKey: 'x',
        }),
      }),
    },
  }).forTarget({ account: '123456789012', region: 'eu-west-1' });
});
afterAll(() => new Promise(resolve => server.close(resolve)));
beforeEach(() => {
  calls = [];
  answers = {};
  log.mockClear();
});

function toXml(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) {
    return value.map(item => `<member>${toXml(item)}</member>`).join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, item]) => `<${name}>${toXml(item)}</${name}>`)
      .join('');
  }
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

const stack = (StackStatus: string, more: object = {}) => ({
  Stacks: [
    {
      StackId: stackId,
      StackName: spec.stackName,
      StackStatus,
      CreationTime: new Date(0),
      Tags: Object.entries(spec.tags).map(([Key, Value]) => ({
        Key,
        Value,
      })),
      ...more,
    },
  ],
});
const noStack = new Failure(
  'ValidationError',
  'Stack with id x does not exist',
);

let tick = 0;
const event = (
  LogicalResourceId: string,
  ResourceStatus: string,
  more: object = {},
) => ({
  StackId: stackId,
  EventId: `e${++tick}`,
  StackName: spec.stackName,
  LogicalResourceId,
  PhysicalResourceId: LogicalResourceId,
  ResourceType: 'AWS::SNS::Topic',
  Timestamp: new Date(1_700_000_000_000 + tick * 1000),
  ResourceStatus,
  ...more,
});
const ofStack = (status: string, more: object = {}) =>
  event(spec.stackName, status, {
    PhysicalResourceId: stackId,
    ResourceType: 'AWS::CloudFormation::Stack',
    ...more,
  });
/** Newest first, as AWS answers. */
const events = (...list: object[]) => ({ StackEvents: [...list].reverse() });

const ready = {
  ChangeSetId: 'arn:aws:cloudformation:eu-west-1:123456789012:changeSet/x/1',
  Status: 'CREATE_COMPLETE',
  ExecutionStatus: 'AVAILABLE',
};
const made = { Id: ready.ChangeSetId, StackId: stackId };
const deploy = (options: object = {}) =>
  deployStack({ clients, spec, log, ...options });
const count = (action: string) =>
  calls.filter(one => one.action === action).length;

const roleArn = 'arn:aws:iam::123456789012:role/cloudformation';
/** The service role that each of these calls was given. */
const rolesOf = (...actions: string[]) =>
  calls
    .filter(({ action }) => actions.includes(action))
    .map(({ input }) => input.get('RoleARN'));

/** An update that goes as these events say, after those that were there. */
function anUpdate(options: {
  before: object;
  during: object[];
  statuses?: string[];
}) {
  const { before, during, statuses = [] } = options;
  answers = {
    DescribeStacks: [
      stack('UPDATE_COMPLETE'),
      ...statuses.map(status => stack(status)),
      stack('UPDATE_COMPLETE'),
    ],
    DescribeStackEvents: [events(before), events(before, ...during)],
    CreateChangeSet: [made],
    DescribeChangeSet: [ready],
    GetTemplate: [{ TemplateBody: spec.template.body }],
    ExecuteChangeSet: [{}],
    DeleteChangeSet: [{}],
    CancelUpdateStack: [{}],
  };
}

describe('contract: nested stacks', () => {
  it('follows them, and finds the cause within', async () => {
    const before = ofStack('UPDATE_COMPLETE');
    const old = event('Old', 'CREATE_FAILED', { StackId: nestedId });
    const nested = { ResourceType: 'AWS::CloudFormation::Stack' };
    const start = ofStack('UPDATE_IN_PROGRESS');
    const parent = event('Network', 'UPDATE_IN_PROGRESS', {
      ...nested,
      PhysicalResourceId: nestedId,
    });
    const inner = event('Subnet', 'UPDATE_FAILED', {
      StackId: nestedId,
      ResourceType: 'AWS::EC2::Subnet',
      ResourceStatusReason: 'The CIDR is taken',
    });
    const other = event('Route', 'UPDATE_FAILED', {
      StackId: nestedId,
      ResourceType: 'AWS::EC2::Route',
      ResourceStatusReason: 'No such gateway',
    });
    const outer = event('Network', 'UPDATE_FAILED', {
      ...nested,
      PhysicalResourceId: nestedId,
      ResourceStatusReason: 'Embedded stack was not successfully updated',
    });
    const end = ofStack('UPDATE_ROLLBACK_COMPLETE');
    anUpdate({ before, during: [start, parent] });
    answers.DescribeStackEvents = [
      events(before),
      events(before, start, parent),
      events(old),
      events(before, start, parent, outer, end),
      events(old, inner, other),
    ];
    const failure = await deploy().catch(error => error);
    expect(failure.message).toMatch(
      /^Stack movielens-demo-foundations failed and is UPDATE_ROLLBACK_COMPLETE\. Network\/Subnet \(AWS::EC2::Subnet\) UPDATE_FAILED: The CIDR is taken \(https:.*Network%2F2\)\nOther failures:\n {2}Network\/Route \(AWS::EC2::Route\) UPDATE_FAILED: No such gateway$/,
    );
    expect(logged()).toMatch(/UPDATE_FAILED {8}Network\/Subnet/);
    expect(logged()).not.toContain('Old');
  });
});

describe('contract: states', () => {
  it.each([
    ['CREATE_FAILED', /Delete it, then try again/],
    ['ROLLBACK_FAILED', /Delete it, then try again/],
    ['DELETE_FAILED', /Delete it again: the error then names what prevents/],
    ['UPDATE_FAILED', /roll it back in the console/],
    ['UPDATE_ROLLBACK_FAILED', /deploy with continueRollback: true/],
    ['IMPORT_ROLLBACK_FAILED', /Continue its rollback in the console/],
    ['UPDATE_IN_PROGRESS', /another caller's operation/],
    ['DELETE_IN_PROGRESS', /another caller's operation/],
  ])(
    'refuses %s, says what to do, and changes nothing',
    async (status, says) => {
      answers = {
        DescribeStacks: [stack(status, { StackStatusReason: 'because' })],
        DescribeStackEvents: [events(ofStack(status))],
      };
      await expect(deploy()).rejects.toThrow(says);
      await expect(previewStack({ clients, spec, log })).rejects.toThrow(says);
      expect(new Set(calls.map(({ action }) => action))).toEqual(
        new Set(['DescribeStacks', 'DescribeStackEvents']),
      );
    },
  );

  it('continues a failed rollback if that is requested, then updates', async () => {
    const failed = ofStack('UPDATE_ROLLBACK_FAILED');
    const back = ofStack('UPDATE_ROLLBACK_COMPLETE');
    const start = ofStack('UPDATE_IN_PROGRESS');
    const end = ofStack('UPDATE_COMPLETE');
    anUpdate({ before: back, during: [start, end] });
    answers.ContinueUpdateRollback = [{}];
    answers.ListStackResources = [
      {
        StackResourceSummaries: [
          {
            LogicalResourceId: 'Gone',
            ResourceType: 'AWS::SNS::Topic',
            ResourceStatus: 'UPDATE_FAILED',
            LastUpdatedTimestamp: new Date(0),
          },
        ],
      },
    ];
    answers.DescribeStacks = [
      stack('UPDATE_ROLLBACK_FAILED'),
      stack('UPDATE_ROLLBACK_COMPLETE'),
    ];
    answers.DescribeStackEvents = [
      events(failed),
      events(failed, back),
      events(failed, back),
      events(failed, back, start, end),
    ];
    const done = await deploy({
      spec: { ...spec, roleArn },
      continueRollback: true,
      // of this stack and of another of the project
      resourcesToSkip: ['Gone', 'Elsewhere'],
    });
    expect(done.status).toBe('UPDATE_COMPLETE');
    const going = calls.find(one => one.action === 'ContinueUpdateRollback');
    expect(going!.input.get('ResourcesToSkip.member.1')).toBe('Gone');
    expect(going!.input.get('ResourcesToSkip.member.2')).toBe(null);
    expect(rolesOf('ContinueUpdateRollback', 'CreateChangeSet')).toEqual([
      roleArn,
      roleArn,
    ]);
    expect(count('ContinueUpdateRollback')).toBe(1);
    expect(count('ExecuteChangeSet')).toBe(1);
  });

  it('names the culprits of DELETE_FAILED', async () => {
    const start = ofStack('DELETE_IN_PROGRESS');
    const culprit = event('Bucket', 'DELETE_FAILED', {
      ResourceType: 'AWS::S3::Bucket',
      ResourceStatusReason: 'The bucket is not empty',
    });
    const end = ofStack('DELETE_FAILED');
    answers = {
      DescribeStacks: [stack('CREATE_COMPLETE'), stack('DELETE_FAILED')],
      ListStackResources: [{ StackResourceSummaries: [] }],
      GetTemplate: [{ TemplateBody: spec.template.body }],
      DescribeStackEvents: [
        events(ofStack('CREATE_COMPLETE')),
        events(start, culprit, end),
      ],
      DeleteStack: [{}],
    };
    await expect(
      deleteStack({
        clients,
        stackName: spec.stackName,
        ownership: toOwnership('component:default/movielens'),
        confirm: spec.stackName,
        roleArn,
        log,
      }),
    ).rejects.toThrow(
      /Not deleted: Bucket \(AWS::S3::Bucket, Bucket\): The bucket is not empty/,
    );
    expect(rolesOf('DeleteStack')).toEqual([roleArn]);
  });

  it('reads all pages of resources, change sets and events', async () => {
    const held = (LogicalResourceId: string) => ({
      LogicalResourceId,
      PhysicalResourceId: LogicalResourceId,
      ResourceType: 'AWS::SNS::Topic',
      ResourceStatus: 'CREATE_COMPLETE',
      LastUpdatedTimestamp: new Date(0),
    });
    const added = (LogicalResourceId: string) => ({
      ...ready,
      Changes: [
        {
          ResourceChange: {
            Action: 'Add',
            LogicalResourceId,
            ResourceType: 'AWS::SNS::Topic',
          },
        },
      ],
    });
    const failed = event('Deep', 'UPDATE_FAILED', {
      ResourceStatusReason: 'on the second page',
    });
    const before = ofStack('UPDATE_COMPLETE');
    anUpdate({ before, during: [] });
    answers.ListStackResources = [
      { StackResourceSummaries: [held('One')], NextToken: 'two' },
      { StackResourceSummaries: [held('Two')] },
    ];
    const { goes } = await planStackDeletion({
      clients,
      stackName: spec.stackName,
      ownership: toOwnership('component:default/movielens'),
      log,
    });
    expect(goes.map(({ logicalId }) => logicalId)).toEqual(['One', 'Two']);

    answers.DescribeChangeSet = [
      { ...added('One'), NextToken: 'two' },
      added('Two'),
    ];
    answers.DescribeStackEvents = [
      events(before),
      {
        ...events(ofStack('UPDATE_ROLLBACK_COMPLETE')),
        NextToken: 'two',
      },
      events(before, failed),
    ];
    const template = parseTemplate(
      JSON.stringify({
        Parameters: { Name: { Type: 'String' } },
        Resources: {
          One: { Type: 'AWS::SNS::Topic' },
          Two: { Type: 'AWS::SNS::Topic' },
        },
      }),
      { allowedResourceTypes: ['AWS::SNS::Topic'] },
    );
    const error: Error = await deploy({ spec: { ...spec, template } }).catch(
      e => e,
    );
    expect(error.message).toMatch(/Deep .*on the second page/);
    expect(logged()).toContain('+ Two (AWS::SNS::Topic)');
    const tokens = calls.map(({ input }) => input.get('NextToken'));
    expect(tokens.filter(Boolean)).toEqual(['two', 'two', 'two']);
  });

  it('reports drift, and reverts it only on request', async () => {
    const drifted = stack('UPDATE_COMPLETE', {
      DriftInformation: {
        StackDriftStatus: 'DRIFTED',
        LastCheckTimestamp: new Date(0),
      },
    });
    const change = {
      Type: 'Resource',
      ResourceChange: {
        Action: 'Modify',
        LogicalResourceId: 'Topic',
        ResourceType: 'AWS::SNS::Topic',
        Replacement: 'False',
        ResourceDriftStatus: 'MODIFIED',
      },
    };
    anUpdate({ before: ofStack('UPDATE_COMPLETE'), during: [] });
    answers.DescribeStacks = [drifted];
    answers.DescribeChangeSet = [{ ...ready, Changes: [change] }];
    const plain = await previewStack({ clients, spec, log });
    expect(plain.drift).toBe('DRIFTED');
    expect(logged()).toMatch(/has drifted \(checked 1970-01-01/);
    const asksFor = () =>
      calls.findLast(({ action }) => action === 'CreateChangeSet')!.input;
    expect(asksFor().get('DeploymentMode')).toBeNull();

    const reverting = { ...spec, revertDrift: true };
    const seen = await previewStack({ clients, spec: reverting, log });
    expect(asksFor().get('DeploymentMode')).toBe('REVERT_DRIFT');
    expect(seen.resources).toMatchObject([{ drifted: true, does: 'changed' }]);
    expect(seen.digest).not.toBe(plain.digest);
    expect(logged()).toContain('Topic (AWS::SNS::Topic, changed outside');
  });
});

describe('contract: whose the stack is', () => {
  const authorizeStack = jest.fn(async (tags: object) => {
    throw new Error(`not yours: ${JSON.stringify(tags)}`);
  });

  it('authorizes before it changes or logs anything', async () => {
    anUpdate({ before: ofStack('UPDATE_COMPLETE'), during: [] });
    await expect(deploy({ authorizeStack })).rejects.toThrow(
      /not yours: .*data-lake:entity/,
    );
    const preview = previewStack({ clients, spec, log, authorizeStack });
    await expect(preview).rejects.toThrow(/not yours/);
    expect(new Set(calls.map(({ action }) => action))).toEqual(
      new Set(['DescribeStacks']),
    );
  });
});

describe('contract: cancel', () => {
  const cancelDuring = async (onCancel?: 'leave' | 'rollback') => {
    const cancel = new AbortController();
    const work = deploy({
      onCancel,
      signal: cancel.signal,
      log: (line: string) => {
        log(line);
        if (line.includes('_IN_PROGRESS')) cancel.abort();
      },
    });
    await expect(work).rejects.toThrow(/abort/i);
  };
  const before = ofStack('UPDATE_COMPLETE');
  const during = [ofStack('UPDATE_IN_PROGRESS')];

  it('has CloudFormation roll an update back', async () => {
    anUpdate({ before, during });
    answers.DescribeStacks = [
      stack('UPDATE_COMPLETE'),
      stack('UPDATE_COMPLETE'),
      stack('UPDATE_IN_PROGRESS'),
    ];
    await cancelDuring('rollback');
    expect(count('CancelUpdateStack')).toBe(1);
    expect(logged()).toMatch(
      /rolls back the update of stack .* to its former state/,
    );
  });

  it('leaves it to continue by default', async () => {
    anUpdate({ before, during, statuses: ['UPDATE_IN_PROGRESS'] });
    await cancelDuring();
    expect(count('CancelUpdateStack')).toBe(0);
    expect(logged()).toContain('Cancelled here, but CloudFormation continues');
  });

  it('says so if it cannot be rolled back', async () => {
    anUpdate({ before, during });
    answers.DescribeStacks = [
      stack('UPDATE_COMPLETE'),
      stack('UPDATE_COMPLETE'),
      stack('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
    ];
    await cancelDuring('rollback');
    expect(count('CancelUpdateStack')).toBe(0);
    expect(logged()).toContain('CloudFormation continues');
  });

  it('deletes its own failed first creation, and names retained resources', async () => {
    const name = toChangeSetName(spec);
    const ClientRequestToken = toExecutionToken(name, ready.ChangeSetId);
    const start = ofStack('CREATE_IN_PROGRESS', { ClientRequestToken });
    answers = {
      DescribeStacks: [noStack, stack('CREATE_IN_PROGRESS')],
      CreateChangeSet: [made],
      DescribeChangeSet: [ready],
      ExecuteChangeSet: [{}],
      DescribeStackEvents: [events(start)],
      ListStackResources: [{ StackResourceSummaries: [] }],
      DeleteStack: [{}],
    };
    await cancelDuring('rollback');
    expect(count('DeleteStack')).toBe(1);
    expect(logged()).toMatch(/which was being created, is deleted/);
  });

  it('leaves nothing if it is cancelled at the last moment before execution', async () => {
    anUpdate({ before, during });
    const cancel = new AbortController();
    const work = deploy({
      signal: cancel.signal,
      log: (line: string) => line.includes('Topic') && cancel.abort(),
    });
    answers.DescribeChangeSet = [
      {
        ...ready,
        Changes: [
          {
            ResourceChange: {
              Action: 'Add',
              LogicalResourceId: 'Topic',
              ResourceType: 'AWS::SNS::Topic',
            },
          },
        ],
      },
    ];
    await expect(work).rejects.toThrow(/abort/i);
    expect(count('ExecuteChangeSet')).toBe(0);
    expect(count('DeleteChangeSet')).toBe(1);
  });
});

describe('contract: failures of the API', () => {
  const before = ofStack('UPDATE_COMPLETE');
  const during = [ofStack('UPDATE_IN_PROGRESS'), ofStack('UPDATE_COMPLETE')];

  it('tolerates throttling beyond the retries of the SDK while it waits', async () => {
    anUpdate({ before, during });
    const throttled = new Failure('Throttling', 'Rate exceeded');
    answers.DescribeStackEvents = [
      events(before),
      ...Array(5).fill(throttled),
      events(before, ...during),
    ];
    expect((await deploy()).status).toBe('UPDATE_COMPLETE');
    expect(logged()).toContain(
      'Trying again: AWS throttled reading the events',
    );
  }, 30_000);

  it('starts nothing twice that has started, though the answer was an error', async () => {
    anUpdate({ before, during });
    answers.ExecuteChangeSet = [
      new Failure('InvalidChangeSetStatus', 'is in EXECUTE_IN_PROGRESS'),
    ];
    answers.DescribeChangeSet = [
      ready,
      { ...ready, ExecutionStatus: 'EXECUTE_IN_PROGRESS' },
    ];
    expect((await deploy()).status).toBe('UPDATE_COMPLETE');
    expect(count('DeleteChangeSet')).toBe(0);
  });

  it('leaves no change set if it may not execute it', async () => {
    anUpdate({ before, during });
    answers.ExecuteChangeSet = [new Failure('AccessDenied', 'no', 403)];
    await expect(deploy()).rejects.toThrow(
      /need cloudformation:ExecuteChangeSet/,
    );
    expect(count('DeleteChangeSet')).toBe(1);
  });

  it.each([
    ['is gone', new Failure('ChangeSetNotFound', 'does not exist', 404)],
    ['is obsolete', { ...ready, ExecutionStatus: 'OBSOLETE' }],
  ])(
    'says at once that another caller came first if the change set %s',
    async (_what, answer) => {
      anUpdate({ before, during });
      answers.DescribeChangeSet = [
        { ...ready, Status: 'CREATE_IN_PROGRESS' },
        answer,
      ];
      const error: Error = await deploy().catch(e => e);
      expect(error.name).toBe('ConflictError');
      expect(error.message).toMatch(
        /Another caller has changed stack .* again/,
      );
      expect(count('ExecuteChangeSet')).toBe(0);
    },
  );

  it.each([
    ['ChangeSetNotFound', 404],
    ['InvalidChangeSetStatus', 400],
  ])(
    'says so too if it is overtaken between preparing and executing (%s)',
    async (code, status) => {
      anUpdate({ before, during });
      answers.DescribeStackEvents = [events(before)];
      answers.DescribeChangeSet = [
        ready,
        new Failure('ChangeSetNotFound', 'does not exist', 404),
      ];
      answers.ExecuteChangeSet = [new Failure(code, 'no', status)];
      await expect(deploy()).rejects.toThrow(/Another caller has changed/);
    },
  );

  it('leaves nothing of a preview that fails half-way', async () => {
    answers = {
      DescribeStacks: [noStack, stack('REVIEW_IN_PROGRESS'), noStack],
      DescribeStackEvents: [events()],
      CreateChangeSet: [made],
      DescribeChangeSet: [new Failure('AccessDenied', 'no', 403)],
      DeleteChangeSet: [{}],
      ListChangeSets: [{ Summaries: [] }],
      DeleteStack: [{}],
    };
    await expect(previewStack({ clients, spec, log })).rejects.toThrow(
      /need cloudformation:DescribeChangeSet/,
    );
    expect(count('DeleteChangeSet')).toBe(1);
    expect(count('DeleteStack')).toBe(1);
    expect(logged()).toContain('nothing is left behind');
  });

  it('reports early validation from DescribeEvents', async () => {
    anUpdate({ before, during });
    answers.DescribeChangeSet = [
      {
        Status: 'FAILED',
        ExecutionStatus: 'UNAVAILABLE',
        StatusReason: 'Early validation failed. Call DescribeEvents',
      },
    ];
    answers.DescribeEvents = [
      {
        OperationEvents: [
          {
            EventType: 'VALIDATION_ERROR',
            LogicalResourceId: 'Bucket',
            ResourceType: 'AWS::S3::Bucket',
            ValidationName: 'NAME_CONFLICT_VALIDATION',
            ValidationStatusReason: 'The bucket exists',
          },
        ],
      },
    ];
    await expect(deploy()).rejects.toThrow(
      /Bucket \(AWS::S3::Bucket\): The bucket exists/,
    );
  });

  it('says something each half minute while nothing happens', async () => {
    anUpdate({ before, during });
    answers.DescribeStackEvents = [
      events(before),
      events(before, during[0]),
      events(before, during[0]),
      events(before, ...during),
    ];
    const now = jest.spyOn(Date, 'now');
    let late = 0;
    now.mockImplementation(() => 1_700_000_000_000 + (late += 20_000));
    try {
      await deploy();
    } finally {
      now.mockRestore();
    }
    expect(logged()).toContain('Still waiting for CloudFormation');
  });
});

describe('contract: a failure that was not reported', () => {
  it('is reported by the next try, and tried again by the one after', async () => {
    const name = toChangeSetName(spec, { basis: 'e0' });
    const ClientRequestToken = toExecutionToken(name, 'arn');
    const as = { ClientRequestToken };
    const history = events(
      ofStack('UPDATE_IN_PROGRESS', as),
      event('Topic', 'UPDATE_FAILED', { ...as, ResourceStatusReason: 'no' }),
      ofStack('UPDATE_ROLLBACK_COMPLETE', as),
    );
    answers = {
      DescribeStacks: [stack('UPDATE_ROLLBACK_COMPLETE')],
      DescribeStackEvents: [history],
    };
    const known = new Set<string>();
    const reports = {
      has: async (token: string) => known.has(token),
      add: async (token: string) => void known.add(token),
    };
    await expect(deploy({ reports })).rejects.toThrow(
      /Topic \(AWS::SNS::Topic\) UPDATE_FAILED: no/,
    );
    expect(count('CreateChangeSet')).toBe(0);
    expect(known).toEqual(new Set([ClientRequestToken]));

    answers.CreateChangeSet = [new Failure('AccessDenied', 'again', 403)];
    await expect(deploy({ reports })).rejects.toThrow(/CreateChangeSet/);
  });
});
