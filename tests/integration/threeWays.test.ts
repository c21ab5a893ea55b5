import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { deployStack, parseTemplate } from '@data-lake/cloudformation';
import {
  ProjectFiles,
  readProjectFiles,
} from '@data-lake/plugin-data-lake-node';
import { uploadFiles } from '@data-lake/s3-sync';
import { parse } from 'yaml';
import { Account, useAccount } from './account';
import { makeProject } from './project';

/**
 * Deploys the same stacks with Backstage's engine, `aws cloudformation deploy` and `cdk deploy`, each in its own account.
 * The given code bucket holds the release, so one deployment creates everything.
 */
jest.setTimeout(300_000);

type Stack = ProjectFiles['stacks'][number];

let project: Awaited<ReturnType<typeof makeProject>>;
let work: string;
const log = () => {};

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'data-lake-three-ways-'));
  project = await makeProject(values => {
    values.name = 'same';
    values.stacks.push({
      name: 'observability',
      template: 'infra/templates/observability.template.json',
    });
  });
});

afterAll(async () => {
  await project?.remove();
  await rm(work, { recursive: true, force: true });
});

const ways: Record<
  string,
  (account: Account, stacks: Stack[]) => Promise<void>
> = {
  async 'Backstage engine'({ clients }, stacks) {
    for (const stack of stacks) {
      const spec = { ...stack, ownership: [], identity: 'one' };
      await deployStack({ clients, log, spec });
    }
  },
  async 'aws cloudformation deploy'({ aws }, stacks) {
    for (const stack of stacks) {
      await aws(
        ...['cloudformation', 'deploy', '--stack-name', stack.stackName],
        ...['--template-file', join(project.source, stack.templatePath)],
        ...['--capabilities', 'CAPABILITY_NAMED_IAM'],
        ...['--parameter-overrides', ...pairs(stack.parameters)],
        ...['--tags', ...pairs(stack.tags)],
      );
    }
  },
  async 'cdk deploy'({ account, region, cdk }, stacks) {
    const options = {
      cwd: join(project.source, 'infra'),
      env: { CDK_HOME: join(work, 'cdk-home') },
    };
    // Where the CLI puts a template that is over the limit as the YAML that it makes of it.
    await cdk(['bootstrap', `aws://${account}/${region}`, '--no-notices'], {
      ...options,
      cwd: work,
    });
    // The app takes the tags from project.yaml.
    const parameters = stacks.flatMap(({ stackName, parameters: values }) =>
      pairs(values).map(pair => `${stackName}:${pair}`),
    );
    await cdk(
      [
        'deploy',
        ...stacks.map(({ stackName }) => stackName),
        ...['--output', join(work, 'cdk.out')],
        ...['--require-approval', 'never', '--no-notices'],
        ...parameters.flatMap(parameter => ['--parameters', parameter]),
      ],
      options,
    );
  },
};

const pairs = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`);

it('creates the same resources with each tool', async () => {
  const [engine, cli, cdk] = await Promise.all(
    Object.values(ways).map(async (deploy, index) => {
      const account = useAccount(`${index + 1}`.repeat(12));
      const { stacks } = await prepare(account);
      await deploy(account, stacks);
      return Promise.all(stacks.map(stack => snapshot(account, stack)));
    }),
  );
  expect(engine).toHaveLength(2);
  expect(cli).toEqual(engine);
  expect(cdk).toEqual(engine);
  // It is all of it: rule of alerts, state machine and Lambdas too.
  const [{ status, resources }] = engine;
  expect(status).toBe('CREATE_COMPLETE');
  expect(resources.map(([id]: string[]) => id)).toEqual(
    expect.arrayContaining([
      'CheckGlueJobFunction',
      'BadEndRule',
      'StateMachine',
    ]),
  );
});

/** Makes what is there before: a bucket with a release, and the role that an MWAA environment would have. */
async function prepare({ account, clients }: Account): Promise<ProjectFiles> {
  const bucket = `same-code-${account}`;
  const { executionRole } = project.project.environments[0].mwaa;
  await deployStack({
    clients,
    log,
    spec: {
      stackName: 'same-before',
      template: parseTemplate(before({ bucket, executionRole }), {
        allowedResourceTypes: ['AWS::S3::Bucket', 'AWS::IAM::Role'],
      }),
      parameters: {},
      tags: {},
      ownership: [],
      identity: 'before',
    },
  });
  const files = await readProjectFiles({
    ...project,
    project: inAccount(account, bucket),
  });
  const upload = { clients, bucket, ...files.release, log };
  const { prefix } = await uploadFiles(upload);
  const [foundations] = files.stacks;
  foundations.parameters = {
    ...foundations.parameters,
    ReleasePrefix: prefix,
  };
  return files;
}

/** The project whose first environment is in the account, with its code bucket. */
function inAccount(account: string, codeBucket: string) {
  const [environment, ...others] = project.project.environments;
  return {
    ...project.project,
    environments: [{ ...environment, account, codeBucket }, ...others],
  };
}

const before = (names: { bucket: string; executionRole: string }) =>
  JSON.stringify({
    Resources: {
      Code: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: names.bucket },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: names.executionRole,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'airflow-env.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          },
        },
      },
    },
  });

/** All that one can see of a stack, without what is another in each account or by chance. */
async function snapshot({ clients, account }: Account, stack: Stack) {
  const { cloudformation } = clients;
  const name = { StackName: stack.stackName };
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand(name));
  const { StackResourceSummaries } = await cloudformation.send(
    new ListStackResourcesCommand(name),
  );
  const { TemplateBody } = await cloudformation.send(
    new GetTemplateCommand(name),
  );
  const [{ StackStatus, Outputs, Parameters, Tags }] = Stacks!;
  const seen = {
    status: StackStatus,
    outputs: sorted(Outputs!.map(o => [o.OutputKey, o.OutputValue])),
    parameters: sorted(
      Parameters!.map(p => [p.ParameterKey, p.ParameterValue]),
    ),
    tags: sorted(Tags!.map(tag => [tag.Key, tag.Value])),
    resources: sorted(
      StackResourceSummaries!.map(resource => [
        resource.LogicalResourceId,
        resource.ResourceType,
        resource.PhysicalResourceId,
      ]),
    ),
    // JSON is YAML.
    template: parse(TemplateBody!),
  };
  return JSON.parse(
    JSON.stringify(seen)
      .replaceAll(account, '<account>')
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
      // Of what has no name of its own.
      .replace(/-[0-9a-f]{8}"/g, '-<chance>"'),
  );
}

const sorted = (rows: (string | undefined)[][]) =>
  rows.sort(([a], [b]) => String(a).localeCompare(String(b)));
