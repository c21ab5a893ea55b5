/** Contract: what is executed is made of the template, parameters and role that were checked. */
import { aSpec } from '../__testUtils__';
import {
  awsError,
  StubCloudFormation,
} from '../__testUtils__/aws/StubCloudFormation';
import { parseTemplate } from '../template/parseTemplate';
import { deployStack } from './deployStack';
import { previewStack } from './previewStack';

const long = (name: string, newline = '\n') =>
  parseTemplate(
    [
      'Resources:',
      '  Topic:',
      '    Type: AWS::SNS::Topic',
      `    Properties: { TopicName: ${name}, DisplayName: "é🙂" }`,
      `# ${'x'.repeat(52_000)}`,
      '',
    ].join(newline),
    { allowedResourceTypes: ['AWS::SNS::Topic'] },
  );

let stub: StubCloudFormation;
beforeEach(() => {
  stub = new StubCloudFormation();
  stub.execution = [
    ['stack', 'CREATE_IN_PROGRESS', 'User Initiated'],
    ['stack', 'CREATE_COMPLETE'],
  ];
});

const deploy = (change: object) =>
  deployStack({
    clients: clientsOf(stub),
    spec: specOf(change),
    log: () => {},
  });

const specOf = (change: object) => aSpec({ parameters: {}, ...change });

const clientsOf = ({ clients }: StubCloudFormation): typeof clients =>
  Object.create(clients, { s3: { value: { send: async () => ({}) } } });

describe('contract: a template that CloudFormation reads from a bucket', () => {
  const templateBucket = 'templates';

  it.each(['\n', '\r\n'])(
    'is executed if it is the one that was checked, as GetTemplate returns it: lines end with %j',
    async newline => {
      const template = long('own', newline);
      stub.templateBody = template.body
        .replace('é🙂', '??')
        .replaceAll('\r\n', '\n');
      const done = await deploy({ template, templateBucket });
      expect(done.status).toBe('CREATE_COMPLETE');
      expect(
        stub.calls.find(({ action }) => action === 'GetTemplate')!.input,
      ).toEqual({
        StackName: stub.stacks[0].id,
        ChangeSetName: expect.stringMatching(/^arn:/),
        TemplateStage: 'Original',
      });
    },
  );

  it('is not executed if another one was read, and leaves nothing', async () => {
    stub.templateBody = long('other').body;
    const spec = { template: long('own'), templateBucket };
    await expect(deploy(spec)).rejects.toThrow(
      /read another template for stack .* than the one that was checked: .*bucket templates/,
    );
    expect(stub.count('ExecuteChangeSet')).toBe(0);
    expect(stub.changeSets).toEqual([]);
  });

  it('is not previewed if another one was read', async () => {
    stub.templateBody = long('other').body;
    await expect(
      previewStack({
        clients: clientsOf(stub),
        spec: specOf({ template: long('own'), templateBucket }),
        log: () => {},
      }),
    ).rejects.toThrow(/read another template/);
    expect(stub.changeSets).toEqual([]);
  });

  it('is not read back if it is given as text', async () => {
    await deploy({ parameters: { Name: 'x' } });
    expect(stub.count('GetTemplate')).toBe(0);
  });
});

describe('contract: a template that CloudFormation keeps', () => {
  const text = (name: string) =>
    `Resources: { Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: "${name}" } } }`;
  const kept = {
    template: parseTemplate(text('caf?'), {
      allowedResourceTypes: ['AWS::SNS::Topic'],
    }),
    keepsTemplate: true,
  };
  beforeEach(() => {
    stub.add('CREATE_COMPLETE', {
      'data-lake:entity': 'component:default/movielens',
    });
    stub.execution = [
      ['stack', 'UPDATE_IN_PROGRESS', 'User Initiated'],
      ['stack', 'UPDATE_COMPLETE'],
    ];
  });

  it('is not sent: its text was returned with ? for what is not ASCII', async () => {
    stub.templateBody = text('caf?');
    expect((await deploy(kept)).status).toBe('UPDATE_COMPLETE');
    const { input } = stub.calls.find(
      ({ action }) => action === 'CreateChangeSet',
    )!;
    expect(input).toMatchObject({ UsePreviousTemplate: true });
    expect(input).not.toHaveProperty('TemplateBody');
    expect(input).not.toHaveProperty('TemplateURL');
  });

  it('is not executed if it is another one by now, and leaves nothing', async () => {
    stub.templateBody = text('other');
    await expect(deploy(kept)).rejects.toThrow(
      /Another caller has changed the template of stack/,
    );
    expect(stub.count('ExecuteChangeSet')).toBe(0);
    expect(stub.changeSets).toEqual([]);
  });
});

it.each(['CREATE_PENDING', 'CREATE_COMPLETE', 'FAILED'] as const)(
  'contract: a change set of this name that is there, %s and not executed, is made again',
  async status => {
    const stack = stub.add('REVIEW_IN_PROGRESS');
    stub.intercept = (action, input) => {
      if (action === 'DescribeChangeSet' && stub.changeSets.length === 0) {
        throw awsError('ChangeSetNotFoundException', 'no such change set');
      }
      if (action !== 'CreateChangeSet' || stub.count(action) > 1)
        return undefined;
      stub.changeSets.push({
        ChangeSetId: 'arn:aws:cloudformation:x:1:changeSet/x/of-another',
        ChangeSetName: input.ChangeSetName,
        StackId: stack.id,
        Status: status,
        ExecutionStatus: 'AVAILABLE',
      });
      throw awsError('AlreadyExistsException', 'ChangeSet already exists');
    };
    const done = await deploy({ parameters: { Name: 'x' } });
    expect(done.status).toBe('CREATE_COMPLETE');
    const executed = stub.calls.filter(
      ({ action }) => action === 'ExecuteChangeSet',
    );
    expect(executed.map(({ input }) => input.ChangeSetName)).toEqual([
      expect.not.stringContaining('of-another'),
    ]);
  },
);
