import type {
  DeletionPreview,
  DeploymentPreview,
  PreviewedResource,
} from '@data-lake/plugin-data-lake-common';

const resource = (
  logicalId: string,
  type: string,
  does: PreviewedResource['does'],
  rest: Partial<PreviewedResource> = {},
): PreviewedResource => ({
  logicalId,
  type: `AWS::${type}`,
  does,
  properties: [],
  stateful: false,
  ...rest,
});

const target = {
  environment: 'demo',
  account: '111122223333',
  region: 'eu-central-1',
};

/** A preview with one change of each kind and two gates. */
export const deploymentPreview: DeploymentPreview = {
  ...target,
  commit: '9d1c2f4a7b3e5d6c8f0a1b2c3d4e5f6a7b8c9d0e',
  stacks: [
    {
      name: 'foundations',
      stackName: 'movielens-demo-foundations',
      does: 'update',
      digest: 'd1'.repeat(32),
      resources: [
        resource('CuratedDatabase', 'Glue::Database', 'replaced', {
          physicalId: 'movielens_demo',
          properties: [
            {
              path: 'DatabaseInput / Name',
              before: 'movielens_demo',
              after: 'movielens_demo_v2',
              replaces: true,
            },
          ],
          former: 'deleted',
          stateful: true,
        }),
        resource('LegacyNotifyFunction', 'Lambda::Function', 'removed', {
          physicalId: 'movielens-demo-legacy-notify',
          former: 'deleted',
        }),
        resource('GlueJobRole', 'IAM::Role', 'changed', {
          physicalId: 'movielens-demo-glue-job',
          properties: [
            {
              path: 'Policies / CuratedAccess / PolicyDocument / Statement / 2 / Action',
              before: 's3:GetObject, s3:PutObject',
              after: 's3:GetObject, s3:PutObject, s3:DeleteObject',
            },
          ],
        }),
        resource('GlueJob', 'Glue::Job', 'changed', {
          physicalId: 'movielens-demo-transform',
          properties: [
            { path: 'NumberOfWorkers', before: '10', after: '14' },
            {
              path: 'DefaultArguments / --extra-py-files',
              before:
                's3://${CodeBucket}/releases/1f2e3d4c5b6a7988/jobs/lake.zip',
              after:
                's3://${CodeBucket}/releases/9a8b7c6d5e4f3021/jobs/lake.zip',
            },
          ],
        }),
        resource('StateMachine', 'StepFunctions::StateMachine', 'changed', {
          physicalId: 'movielens-demo-transform',
          properties: [
            { path: 'DefinitionSubstitutions' },
            {
              path: 'TracingConfiguration / Enabled',
              after: 'true',
            },
          ],
        }),
        resource('CuratedTagsCrawler', 'Glue::Crawler', 'added'),
        resource('TransformLogGroup', 'Logs::LogGroup', 'added'),
      ],
      broader: [
        {
          logicalId: 'GlueJobRole',
          text: 's3:DeleteObject on arn:aws:s3:::movielens-demo-data-111122223333-eu-central-1/curated/*',
        },
      ],
      cost: {
        usdPerMonth: 1.2,
        change: 0.1,
        items: [
          {
            logicalId: 'RunFailedAlarm',
            type: 'AWS::CloudWatch::Alarm',
            usdPerMonth: 0.1,
            basis: 'one alarm',
          },
          {
            logicalId: 'Key',
            type: 'AWS::KMS::Key',
            usdPerMonth: 1.1,
            basis: 'one key',
          },
        ],
        unknown: [],
        pricesOf: 'us-east-1',
        asOf: '2026-11-27',
      },
      templateBytes: 31_240,
      terminationProtection: false,
      drift: 'NOT_CHECKED',
      consoleUrl: 'https://console.aws.amazon.com/',
    },
  ],
  uploads: [
    {
      destination:
        's3://movielens-demo-code-111122223333-eu-central-1/releases/1f2e3d4c5b6a/',
      uploaded: ['jobs/preprocess_movies.py', 'jobs/lake.zip'],
      deleted: [],
      deletesMany: false,
      unchanged: 6,
    },
    {
      destination:
        's3://lake-airflow-111122223333-eu-central-1/dags/movielens-demo/',
      uploaded: ['movielens.py'],
      deleted: ['old.py'],
      deletesMany: false,
      unchanged: 8,
    },
  ],
};

/** A preview without changes. */
export const nothingChanges: DeploymentPreview = {
  ...deploymentPreview,
  stacks: [
    {
      ...deploymentPreview.stacks[0],
      does: 'nothing',
      resources: [],
      broader: [],
    },
  ],
  uploads: deploymentPreview.uploads.map(upload => ({
    ...upload,
    uploaded: [],
    deleted: [],
  })),
};

const held = (logicalId: string, type: string, physicalId?: string) => ({
  logicalId,
  type: `AWS::${type}`,
  physicalId,
});

/** A preview of the deletion of two stacks. */
export const deletionPreview: DeletionPreview = {
  ...target,
  confirm: 'movielens-demo',
  stacks: [
    {
      name: 'movielens-demo-observability',
      status: 'CREATE_COMPLETE',
      goes: [
        held('RunFailedAlarm', 'CloudWatch::Alarm', 'movielens-demo-failed'),
        held('Logs', 'S3::Bucket', 'movielens-demo-access-logs'),
      ],
      stays: [],
      fullBuckets: ['movielens-demo-access-logs'],
    },
    {
      name: 'movielens-demo-foundations',
      status: 'UPDATE_COMPLETE',
      goes: [
        held('StateMachine', 'StepFunctions::StateMachine', 'transform'),
        held('StartGlueJob', 'Lambda::Function', 'start'),
        held('CheckGlueJob', 'Lambda::Function', 'check'),
        held('GlueJob', 'Glue::Job', 'glue'),
        held('CuratedCrawler', 'Glue::Crawler', 'curated'),
        held('MartsCrawler', 'Glue::Crawler', 'marts'),
        held('Database', 'Glue::Database', 'movielens_demo'),
      ],
      stays: [
        held(
          'DataBucket',
          'S3::Bucket',
          'movielens-demo-data-111122223333-eu-central-1',
        ),
        held(
          'CodeBucket',
          'S3::Bucket',
          'movielens-demo-code-111122223333-eu-central-1',
        ),
      ],
      fullBuckets: [],
    },
  ],
  dags: {
    s3Url: 's3://lake-airflow-111122223333-eu-central-1/dags/movielens-demo/',
    files: ['mwaalib/emr.py', 'movielens.py', 'project.yaml'],
  },
  beside: {
    goes: [],
    stays: [
      {
        type: 'AWS::Logs::LogGroup',
        name: '/aws-glue/jobs/movielens-demo-glue-role/movielens-demo-glue-job/output',
        meaning: 'logs that AWS services wrote',
      },
    ],
  },
};
