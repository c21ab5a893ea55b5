import { ConfigReader } from '@backstage/config';
import { AwsClientFactory } from '@data-lake/aws';
import { deployStack, parseTemplate } from '@data-lake/cloudformation';
import { EnvironmentObservation } from '@data-lake/plugin-data-lake-common';
import {
  observeEnvironment,
  startDagRun,
} from '@data-lake/plugin-data-lake-node';

/**
 * Tests the adapters with real responses of the local AWS over HTTP. It must be running (`./dev test integration`
 * starts it).
 */
const endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566';
const target = { account: '000000000000', region: 'us-east-1' };
const project = 'observed';
const prefix = `${project}-it`;
const stackName = `${prefix}-foundations`;
const entityRef = 'component:default/observed';
const runKey = `it${Date.now()}`;

const clients = AwsClientFactory.fromConfig(
  new ConfigReader({
    aws: {
      accounts: [
        {
          accountId: target.account,
          accessKeyId: target.account,
          secretAccessKey: 'local',
        },
      ],
    },
    awsDeploy: {
      endpoints: {
        default: endpoint,
        emrserverless:
          process.env.AWS_ENDPOINT_URL_EMR_SERVERLESS ??
          'http://127.0.0.1:4567',
      },
    },
  }),
).forTarget(target);

const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: {
            Service: [
              'lambda.amazonaws.com',
              'glue.amazonaws.com',
              'states.amazonaws.com',
              'elasticmapreduce.amazonaws.com',
            ],
          },
          Action: 'sts:AssumeRole',
        },
      ],
    },
  },
};
const roleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
const template = {
  Resources: {
    Role: role,
    Database: {
      Type: 'AWS::Glue::Database',
      Properties: {
        CatalogId: target.account,
        DatabaseInput: { Name: 'observed_it' },
      },
    },
    Job: {
      Type: 'AWS::Glue::Job',
      Properties: {
        Name: `${prefix}-transform`,
        Role: roleArn,
        GlueVersion: '5.1',
        Command: { Name: 'glueetl', ScriptLocation: 's3://nowhere/job.py' },
      },
    },
    Crawler: {
      Type: 'AWS::Glue::Crawler',
      Properties: {
        Name: `${prefix}-curated`,
        Role: roleArn,
        DatabaseName: 'observed_it',
        Targets: { S3Targets: [{ Path: 's3://nowhere/curated/' }] },
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `${prefix}-hello`,
        Role: roleArn,
        Runtime: 'python3.13',
        Handler: 'index.handler',
        Code: { ZipFile: 'def handler(event, context):\n    return event\n' },
      },
    },
    Parameter: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: '/data-lake/observed/it/database',
        Type: 'String',
        Value: 'observed_it',
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: `${prefix}-transform`,
        RoleArn: roleArn,
        DefinitionString: JSON.stringify({
          StartAt: 'Hello',
          States: {
            Hello: { Type: 'Pass', Next: 'Refuse' },
            Refuse: { Type: 'Fail', Error: 'Refused', Cause: 'on purpose' },
          },
        }),
      },
    },
  },
  Outputs: {
    MwaaEnvironmentName: { Value: 'local-airflow' },
    DagId: { Value: prefix },
    StateMachineArn: { Value: { Ref: 'Machine' } },
    RoleName: { Value: { Ref: 'Role' } },
  },
};

/** Sends a request that changes something; adapters only read. */
async function call(action: string, body: object): Promise<any> {
  const service = action.split('.')[0].toLocaleLowerCase('en-US');
  const scope = service.includes('step') ? 'states' : 'elasticmapreduce';
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': action,
      authorization: `AWS4-HMAC-SHA256 Credential=${target.account}/20261122/${target.region}/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: ${text}`);
  return text ? JSON.parse(text) : {};
}

const observe = (entity = entityRef): Promise<EnvironmentObservation> =>
  observeEnvironment({
    clients,
    environment: {
      name: 'it',
      ...target,
      stacks: [{ ...target, name: stackName }],
    },
    entityRef: entity,
    since: new Date(Date.now() - 3_600_000),
    signal: AbortSignal.timeout(30_000),
  });

let clusterId: string | undefined;

beforeAll(async () => {
  const { outputs } = await deployStack({
    clients,
    spec: {
      stackName,
      template: parseTemplate(JSON.stringify(template), {
        allowedResourceTypes: Object.values(template.Resources).map(
          r => r.Type,
        ),
      }),
      parameters: {},
      tags: {
        'data-lake:project': project,
        'data-lake:environment': 'it',
        'data-lake:entity': entityRef,
      },
      ownership: [],
      identity: runKey,
    },
    log: () => {},
  });
  await call('AWSStepFunctions.StartExecution', {
    stateMachineArn: outputs.StateMachineArn,
    name: runKey,
    input: '{}',
  });
  const cluster = await call('ElasticMapReduce.RunJobFlow', {
    Name: `${prefix}-${runKey}`,
    ReleaseLabel: 'emr-7.14.0',
    ServiceRole: outputs.RoleName,
    JobFlowRole: 'r',
    Instances: {
      KeepJobFlowAliveWhenNoSteps: true,
      InstanceGroups: [
        { InstanceRole: 'MASTER', InstanceType: 'm5.xlarge', InstanceCount: 1 },
      ],
    },
    Tags: [
      { Key: 'data-lake:project', Value: project },
      { Key: 'data-lake:environment', Value: 'it' },
      { Key: 'data-lake:entity', Value: entityRef },
      { Key: 'data-lake:run-id', Value: runKey },
    ],
  });
  clusterId = cluster.JobFlowId;
});

afterAll(async () => {
  if (clusterId) {
    await call('ElasticMapReduce.TerminateJobFlows', {
      JobFlowIds: [clusterId],
    });
  }
  await fetch(
    `${endpoint}/?Action=DeleteStack&Version=2010-05-15&StackName=${stackName}`,
    {
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${target.account}/20261122/${target.region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0`,
      },
    },
  );
});

describe('the adapters on the local AWS', () => {
  it('describe every resource of the stack without a problem', async () => {
    const { resources, problems } = await observe();
    expect(problems).toEqual([]);
    const told = Object.fromEntries(
      resources.map(({ type, name, health }) => [`${type} ${name}`, health]),
    );
    expect(told).toMatchObject({
      [`AWS::CloudFormation::Stack ${stackName}`]: 'healthy',
      [`AWS::Glue::Job ${prefix}-transform`]: 'healthy',
      [`AWS::Glue::Crawler ${prefix}-curated`]: 'healthy',
      'AWS::Glue::Database observed_it': 'healthy',
      [`AWS::Lambda::Function ${prefix}-hello`]: 'healthy',
      'AWS::SSM::Parameter /data-lake/observed/it/database': 'healthy',
      [`AWS::StepFunctions::StateMachine ${prefix}-transform`]: 'healthy',
      'AWS::MWAA::Environment local-airflow': 'healthy',
      // None was uploaded.
      [`AWS::MWAA::DAG ${prefix}`]: 'unknown',
    });
    const { [`AWS::MWAA::DAG ${prefix}`]: _dag, ...others } = told;
    expect(new Set(Object.values(others))).toEqual(new Set(['healthy']));
  });

  it('join execution and cluster into one run, and name its cause of failure', async () => {
    const run = await eventually(async () => {
      const found = (await observe()).runs.find(({ id }) => id === runKey);
      expect(found?.state).toBe('failed');
      return found!;
    });
    expect(run.trigger).toBe('execution');
    expect(run.firstFailure).toBe(`stepfunctions:state:${runKey}/Refuse`);
    const steps = Object.fromEntries(run.steps.map(s => [s.name, s]));
    expect(steps.Hello.state).toBe('succeeded');
    expect(steps.Refuse).toMatchObject({
      state: 'failed',
      error: 'Refused: on purpose',
    });
    expect(steps[`${prefix}-${runKey}`]).toMatchObject({
      kind: 'cluster',
      id: `emr:cluster:${clusterId}`,
    });
  });

  it('show nothing to another entity', async () => {
    const observation = await observe('component:default/nosy');
    expect(observation).toMatchObject({
      resources: [],
      runs: [],
      problems: [{ health: 'denied' }],
    });
  });

  it('report a DAG that Airflow does not have', async () => {
    await expect(
      startDagRun(clients, {
        environment: 'local-airflow',
        dagId: prefix,
        runId: '20261122T124500-7f3a',
        conf: {},
      }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

/** Retries for ten seconds. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }
}
