/** What only CloudFormation knows of a change set: hooks, early validation, nested stacks, drift. */
import { Change } from '@aws-sdk/client-cloudformation';
import { aSpec, aStack } from '../__testUtils__';
import {
  awsError,
  StubCloudFormation,
} from '../__testUtils__/aws/StubCloudFormation';
import { parseTemplate } from '../template/parseTemplate';
import { deployStack } from './deployStack';
import { previewStack } from './previewStack';

const { tags } = aStack();
const log = jest.fn();
const logged = () => log.mock.calls.map(([line]) => line).join('\n');
const updated: StubCloudFormation['execution'] = [
  ['stack', 'UPDATE_IN_PROGRESS', 'User Initiated'],
  ['stack', 'UPDATE_COMPLETE'],
];

/** A stack with this template, which is not changed, and what a change set of it would change. */
function aStub(Resources: object, changes: Change[] = []) {
  const body = JSON.stringify({ Resources });
  const types = Object.values(Resources).map(({ Type }) => Type);
  const template = parseTemplate(body, {
    allowedResourceTypes: types,
    allowedMacros: [],
  });
  const stub = new StubCloudFormation();
  stub.templateBody = body;
  stub.changes = changes;
  stub.execution = updated;
  const spec = aSpec({ template, parameters: {} });
  const { clients } = stub;
  return {
    stub,
    spec,
    deploy: (more: object = {}) =>
      deployStack({ clients, spec: { ...spec, ...more }, log }),
    preview: (more: object = {}) =>
      previewStack({ clients, spec: { ...spec, ...more }, log }),
  };
}
const aTopic = { Topic: { Type: 'AWS::SNS::Topic' } };

beforeEach(() => log.mockClear());

describe('contract: hooks', () => {
  const refused = {
    Status: 'FAILED',
    StatusReason: 'The following hook(s) failed: [Company::S3::Encrypted]',
  };

  it('say why they refuse a change set', async () => {
    const { stub, deploy } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    stub.intercept = action =>
      action === 'DescribeChangeSet' ? refused : undefined;
    stub.hookResults = [
      { TypeName: 'Company::Fine', Status: 'HOOK_COMPLETE_SUCCEEDED' },
      {
        TypeName: 'Company::S3::Encrypted',
        Status: 'HOOK_COMPLETE_FAILED',
        HookStatusReason: 'Topic is not encrypted',
        FailureMode: 'FAIL',
      },
    ];
    const error: Error = await deploy().catch(e => e);
    expect(error.message).toContain(
      'hook Company::S3::Encrypted HOOK_COMPLETE_FAILED: Topic is not encrypted',
    );
    expect(error.message).not.toContain('Fine');
    const [{ input }] = stub.calls.filter(
      ({ action }) => action === 'ListHookResults',
    );
    expect(input.TargetType).toBe('CHANGE_SET');
    expect(input.TargetId).toMatch(/:changeSet\//);
  });

  it('are named, and what they say is unknown, without the permission to ask', async () => {
    const { stub, deploy } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    stub.intercept = action => {
      if (action === 'ListHookResults')
        throw awsError('AccessDenied', 'no', 403);
      return action === 'DescribeChangeSet' ? refused : undefined;
    };
    await expect(deploy()).rejects.toThrow(
      /Company::S3::Encrypted.*unknown.*need cloudformation:ListHookResults/,
    );
  });

  it('say why an operation failed, and what they only warn of', async () => {
    const { stub, deploy } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    const hook = (
      HookFailureMode: 'WARN' | 'FAIL',
      HookStatusReason: string,
    ) => ({
      HookType: 'Company::Encrypted',
      HookStatus: 'HOOK_COMPLETE_FAILED' as const,
      HookFailureMode,
      HookStatusReason,
    });
    stub.execution = [
      ['stack', 'UPDATE_IN_PROGRESS', 'User Initiated'],
      ['Topic', 'UPDATE_IN_PROGRESS', undefined, hook('WARN', 'has no owner')],
      ['Topic', 'UPDATE_IN_PROGRESS', undefined, hook('FAIL', 'has no key')],
      [
        'Topic',
        'UPDATE_FAILED',
        'The following hook(s) failed: [Company::Encrypted]',
      ],
      [
        'stack',
        'UPDATE_ROLLBACK_IN_PROGRESS',
        'The following resource(s) failed to update: [Topic].',
      ],
      ['stack', 'UPDATE_ROLLBACK_COMPLETE'],
    ];
    await expect(deploy()).rejects.toThrow(
      /Topic .*hook Company::Encrypted HOOK_COMPLETE_FAILED: has no key/,
    );
    expect(logged()).toContain('(a warning only): has no owner');
  });
});

describe('contract: early validation', () => {
  const finding = (ValidationFailureMode: 'WARN' | 'FAIL') => ({
    EventType: 'VALIDATION_ERROR' as const,
    LogicalResourceId: 'Topic',
    ResourceType: 'AWS::SNS::Topic',
    ValidationFailureMode,
    ValidationStatusReason: 'The name is taken',
    ValidationPath: '/Properties/TopicName',
  });
  const line =
    'Topic (AWS::SNS::Topic): The name is taken (at /Properties/TopicName)';

  it('warns in the preview, and in the log of a deployment', async () => {
    const { stub, preview, deploy } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    stub.operationEvents = [{ EventType: 'STACK_EVENT' }, finding('WARN')];
    expect((await preview()).warnings).toEqual([line]);
    await deploy();
    expect(logged().split(line)).toHaveLength(3);
    const asked = stub.calls.filter(
      ({ action }) => action === 'DescribeEvents',
    );
    expect(asked.map(({ input }) => input.ChangeSetName)).toEqual([
      expect.stringMatching(/:changeSet\//),
      expect.stringMatching(/:changeSet\//),
    ]);
  });

  it('warns of nothing if there is nothing', async () => {
    const { stub, preview } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    expect((await preview()).warnings).toBeUndefined();
  });

  it('is unknown, not silent, without the permission to ask', async () => {
    const { stub, preview } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    stub.intercept = action => {
      if (action === 'DescribeEvents')
        throw awsError('AccessDenied', 'no', 403);
      return undefined;
    };
    const { warnings } = await preview();
    expect(warnings).toEqual([
      expect.stringMatching(/unknown.*need cloudformation:DescribeEvents/),
    ]);
  });
});

describe('contract: a successful update whose clean-up failed', () => {
  it('succeeds with a warning', async () => {
    const { stub, deploy } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    stub.execution = [
      ['stack', 'UPDATE_IN_PROGRESS', 'User Initiated'],
      ['Slow', 'DELETE_FAILED', 'throttled'],
      ['Slow', 'DELETE_COMPLETE'],
      ['stack', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      ['Old', 'DELETE_FAILED', 'is not empty'],
      [
        'stack',
        'UPDATE_COMPLETE',
        'Update successful. One or more resources could not be deleted.',
      ],
    ];
    const { status, warnings } = await deploy();
    expect(status).toBe('UPDATE_COMPLETE');
    expect(warnings).toEqual([
      expect.stringMatching(
        /Left behind.*Old \(AWS::SNS::Topic, old\): is not empty/,
      ),
    ]);
    expect(logged()).toContain(warnings![0]);
  });

  it('has the stack’s word if no resource says so', async () => {
    const { stub, deploy } = aStub(aTopic);
    stub.add('CREATE_COMPLETE', tags);
    stub.execution = [
      [
        'stack',
        'UPDATE_COMPLETE',
        'Update successful. One or more resources could not be deleted.',
      ],
    ];
    expect((await deploy()).warnings).toEqual([
      expect.stringContaining('could not be deleted'),
    ]);
  });
});

describe('contract: nested stacks', () => {
  const Network = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'https://x' },
  };
  const nestedStack =
    'arn:aws:cloudformation:eu-west-1:123456789012:stack/lake-Network/9';
  const nestedSet =
    'arn:aws:cloudformation:eu-west-1:123456789012:changeSet/nested/9';
  const modified: Change = {
    ResourceChange: {
      Action: 'Modify',
      LogicalResourceId: 'Network',
      PhysicalResourceId: nestedStack,
      ResourceType: 'AWS::CloudFormation::Stack',
      Replacement: 'False',
      ChangeSetId: nestedSet,
    },
  };
  const ingress = (CidrIp: string) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'x',
      SecurityGroupIngress: [
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp },
      ],
    },
  });

  /** The nested stack, before and after, and what its own change set would change. */
  function nesting(options: {
    before: object;
    after: object;
    changes: Change[];
    allowed?: string[];
  }) {
    const made = aStub({ Network }, [modified]);
    const { stub, spec } = made;
    stub.add('CREATE_COMPLETE', tags);
    spec.template.rules.allowedResourceTypes = [
      'AWS::CloudFormation::Stack',
      ...(options.allowed ?? ['AWS::EC2::SecurityGroup', 'AWS::S3::Bucket']),
    ];
    stub.intercept = (action, input) => {
      if (action === 'DescribeChangeSet' && input.ChangeSetName === nestedSet) {
        return {
          ChangeSetId: nestedSet,
          StackId: nestedStack,
          Status: 'CREATE_COMPLETE',
          ExecutionStatus: 'UNAVAILABLE',
          Changes: options.changes,
        };
      }
      if (action === 'GetTemplate' && input.ChangeSetName === nestedSet) {
        return { TemplateBody: JSON.stringify({ Resources: options.after }) };
      }
      if (input.StackName !== nestedStack) return undefined;
      if (action === 'GetTemplate') {
        return { TemplateBody: JSON.stringify({ Resources: options.before }) };
      }
      return {
        Stacks: [
          {
            StackId: nestedStack,
            StackName: 'lake-Network',
            StackStatus: 'UPDATE_COMPLETE',
            CreationTime: new Date(0),
          },
        ],
      };
    };
    return made;
  }
  const change = (more: object): Change => ({
    ResourceChange: {
      LogicalResourceId: 'Group',
      ResourceType: 'AWS::EC2::SecurityGroup',
      Action: 'Modify',
      Replacement: 'False',
      ...more,
    },
  });

  it('are shown with what changes in them', async () => {
    const { stub, preview } = nesting({
      before: { Group: ingress('10.0.0.0/8') },
      after: { Group: ingress('10.0.0.0/8') },
      changes: [change({})],
    });
    const { resources, broader } = await preview();
    expect(resources.map(({ logicalId }) => logicalId)).toEqual([
      'Network',
      'Network/Group',
    ]);
    expect(broader).toEqual([]);
    const [{ input }] = stub.calls.filter(
      ({ action }) => action === 'CreateChangeSet',
    );
    expect(input.IncludeNestedStacks).toBe(true);
    expect(input.Capabilities).toEqual(['CAPABILITY_NAMED_IAM']);
  });

  it('pass the gate of permissions like the stack itself', async () => {
    const { stub, deploy } = nesting({
      before: { Group: ingress('10.0.0.0/8') },
      after: { Group: ingress('0.0.0.0/0') },
      changes: [change({})],
    });
    await expect(deploy()).rejects.toThrow(
      /Network\/Group: .*0\.0\.0\.0\/0.*allowBroaderPermissions/,
    );
    expect(stub.count('ExecuteChangeSet')).toBe(0);
  });

  it('pass the gate of data like the stack itself', async () => {
    const Data = { Type: 'AWS::S3::Bucket' };
    const { deploy } = nesting({
      before: { Data },
      after: { Data },
      changes: [
        change({
          LogicalResourceId: 'Data',
          ResourceType: 'AWS::S3::Bucket',
          Replacement: 'True',
        }),
      ],
    });
    await expect(deploy()).rejects.toThrow(
      /Network\/Data \(AWS::S3::Bucket\) would be replaced.*allowReplacement/,
    );
  });

  it('may hold only types that the rules list', async () => {
    const { stub, deploy } = nesting({
      before: { Group: ingress('10.0.0.0/8') },
      after: { Evil: { Type: 'AWS::IAM::User' } },
      changes: [
        change({
          Action: 'Add',
          LogicalResourceId: 'Evil',
          ResourceType: 'AWS::IAM::User',
        }),
      ],
    });
    await expect(deploy()).rejects.toThrow(/Evil has type AWS::IAM::User/);
    expect(stub.count('ExecuteChangeSet')).toBe(0);
  });

  it('may do anything if CloudFormation tells nothing of them', async () => {
    const { ChangeSetId: _, ...untold } = modified.ResourceChange!;
    const { stub, deploy } = aStub({ Network }, [{ ResourceChange: untold }]);
    stub.add('CREATE_COMPLETE', tags);
    await expect(deploy()).rejects.toThrow(
      /Network: is a nested stack, of whose changes CloudFormation tells nothing/,
    );
  });
});

describe('contract: capabilities', () => {
  const capabilitiesFor = async (Resources: object) => {
    const { stub, preview } = aStub(Resources);
    stub.add('CREATE_COMPLETE', tags);
    await preview();
    const made = stub.calls.find(({ action }) => action === 'CreateChangeSet');
    return made!.input.Capabilities;
  };

  it.each([
    ['nothing special', aTopic, []],
    ['IAM', { Role: { Type: 'AWS::IAM::Role' } }, ['CAPABILITY_NAMED_IAM']],
    [
      'nested stacks, which may hold IAM',
      { Network: { Type: 'AWS::CloudFormation::Stack' } },
      ['CAPABILITY_NAMED_IAM'],
    ],
  ])('of a template with %s', async (_what, Resources, capabilities) => {
    expect(await capabilitiesFor(Resources)).toEqual(capabilities);
  });
});

describe('contract: reverting drift', () => {
  const open = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
  ];
  const closed = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8' },
  ];
  const group = (SecurityGroupIngress: object[]) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'x', SecurityGroupIngress },
  });
  const drifted = {
    Action: 'Modify' as const,
    LogicalResourceId: 'Group',
    ResourceType: 'AWS::EC2::SecurityGroup',
    Replacement: 'False' as const,
    ResourceDriftStatus: 'MODIFIED' as const,
    Details: [
      {
        Target: {
          Attribute: 'Properties' as const,
          Name: 'SecurityGroupIngress',
          RequiresRecreation: 'Never' as const,
        },
      },
    ],
  };
  const context = (Properties: object) => JSON.stringify({ Properties });
  const valued = {
    ...drifted,
    // as it is: a person has closed it; the service has set more than the template says
    BeforeContext: context({
      GroupDescription: 'x',
      SecurityGroupIngress: closed,
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }],
    }),
    AfterContext: context(group(open).Properties),
    PreviousDeploymentContext: context(group(open).Properties),
  };

  function reverting(ofValues: object, ofPlain: object = drifted) {
    const made = aStub({ Group: group(open) }, [
      { ResourceChange: ofPlain as any },
    ]);
    const { stub } = made;
    stub.add('CREATE_COMPLETE', tags);
    stub.intercept = (action, input) =>
      action === 'DescribeChangeSet' && input.IncludePropertyValues
        ? { ...stub.changeSets[0], Changes: [{ ResourceChange: ofValues }] }
        : undefined;
    return made;
  }

  it('shows the values that are there, and those that it brings back', async () => {
    const { preview } = reverting(valued);
    const { resources, digest } = await preview({ revertDrift: true });
    expect(resources).toMatchObject([
      {
        logicalId: 'Group',
        drifted: true,
        properties: [
          {
            path: 'SecurityGroupIngress / 1 / CidrIp',
            before: '10.0.0.0/8',
            after: '0.0.0.0/0',
          },
        ],
      },
    ]);
    // another drift is another change
    const other = {
      ...valued,
      BeforeContext: context({ GroupDescription: 'y' }),
    };
    const later = await reverting(other).preview({ revertDrift: true });
    expect(later.digest).not.toBe(digest);
  });

  it.each([
    ['re-opens what a person has closed', valued],
    [
      'brings back what a person has deleted',
      { ...drifted, ResourceDriftStatus: 'DELETED' },
    ],
    ['changes what CloudFormation does not tell', drifted],
    [
      'changes what CloudFormation tells in part only',
      { ...valued, BeforeContext: '{"Properties":{"Secur' },
    ],
  ])('passes the gate of permissions if it %s', async (_what, ofValues) => {
    const { stub, deploy } = reverting(ofValues, {
      ...drifted,
      ResourceDriftStatus: ofValues.ResourceDriftStatus,
    });
    await expect(deploy({ revertDrift: true })).rejects.toThrow(
      /Permissions become broader: Group: .*0\.0\.0\.0\/0.*allowBroaderPermissions/,
    );
    expect(stub.count('ExecuteChangeSet')).toBe(0);
  });

  it('passes it freely if it closes what a person has opened', async () => {
    const { stub, deploy } = reverting({
      ...valued,
      BeforeContext: context({
        GroupDescription: 'x',
        SecurityGroupIngress: [...open, { ...open[0], FromPort: 0 }],
      }),
    });
    expect(await deploy({ revertDrift: true })).toMatchObject({
      status: 'UPDATE_COMPLETE',
    });
    expect(stub.count('ExecuteChangeSet')).toBe(1);
  });

  it('is seen though the answer with values leaves the resource out', async () => {
    const { stub, deploy } = reverting({});
    await expect(deploy({ revertDrift: true })).rejects.toThrow(/Group: /);
    expect(stub.count('ExecuteChangeSet')).toBe(0);
  });

  it('asks for values only if drift is reverted', async () => {
    const { stub, preview } = reverting(valued);
    await preview();
    const asked = stub.calls.filter(({ input }) => input.IncludePropertyValues);
    expect(asked).toEqual([]);
  });
});
