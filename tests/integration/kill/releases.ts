import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { toEntityRef } from '@data-lake/plugin-data-lake-common';
import {
  deployProject,
  listReleases,
  parseProject,
  readProjectFiles,
  rollbackProject,
  toOwnerAuthority,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import assert from 'node:assert/strict';
import { assertUploaded, digestOf } from './prefix';
import { Work, WorkOptions } from './work';

/** The smallest template of a project: a code bucket, and the parameter that selects the release. */
const toTemplate = (options: WorkOptions) => ({
  Parameters: Object.fromEntries(
    [
      ...Object.keys(toProjectDeploymentSpec(projectOf(options)).parameters),
      'ReleasePrefix',
    ].map(name => [name, { Type: 'String', Default: '' }]),
  ),
  Conditions: {
    Released: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ReleasePrefix' }, ''] }] },
  },
  Resources: {
    Code: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: {
          'Fn::Sub': '${Project}-demo-code-${AWS::AccountId}-${AWS::Region}',
        },
      },
    },
    Pointer: {
      Type: 'AWS::SSM::Parameter',
      Condition: 'Released',
      Properties: {
        Name: {
          'Fn::Sub': '/data-lake/${Project}/${Environment}/release-prefix',
        },
        Type: 'String',
        Value: { Ref: 'ReleasePrefix' },
      },
    },
  },
  Outputs: { CodeBucketName: { Value: { Ref: 'Code' } } },
});

/** Scripts and DAGs: text by path. */
const versions = [
  {
    'jobs/main.py': 'first',
    'jobs/gone.py': 'gone',
    'dags/lake.py': 'first',
    'dags/lib/gone.py': 'gone',
  },
  {
    'jobs/main.py': 'second',
    'dags/lake.py': 'second',
    'dags/lib/new.py': 'new',
  },
];

/** Uploads a new release, switches the stack to it, then replaces the DAGs. */
export const releaseProject: Work = {
  async prepare(options) {
    await begin(options);
    await write(options, 1);
  },
  run: options => deploy(options, 'second'),
  async verify(options) {
    assert.equal(options.result.stacks.foundations.status, 'UPDATE_COMPLETE');
    await assertReleases(options, [0, 1]);
    await assertDags(options, 1);
    await rm(folderOf(options), { recursive: true });
  },
};

/** Rolls back to the first release; both releases and the DAGs stay. */
export const rollbackRelease: Work = {
  async prepare(options) {
    await begin(options);
    await write(options, 1);
    await deploy(options, 'second');
  },
  // to the previous release, which the first try may already have made the present one
  run: options =>
    rollbackProject({
      clients: options.clients,
      ...authorityOf(options),
      project: projectOf(options),
      identity: 'rollback',
      log: () => {},
    }),
  async verify(options) {
    assert.equal(options.result.status, 'UPDATE_COMPLETE');
    await assertReleases(options, [0, 1, 0]);
    await assertDags(options, 1);
    await rm(folderOf(options), { recursive: true });
  },
};

async function begin(options: WorkOptions): Promise<void> {
  await options.clients.s3.send(
    new CreateBucketCommand({ Bucket: `${nameOf(options)}-dags` }),
  );
  await write(options, 0);
  await deploy(options, 'first');
}

async function deploy(options: WorkOptions, identity: string) {
  return deployProject({
    clients: options.clients,
    ...authorityOf(options),
    files: await readProjectFiles({
      project: projectOf(options),
      source: folderOf(options),
    }),
    identity,
    log: () => {},
  });
}

/** Throws unless the parameter's history is as expected and each release is complete. */
async function assertReleases(
  options: WorkOptions,
  order: readonly number[],
): Promise<void> {
  const releases = await listReleases(toNames(options));
  assert.equal(releases.length, order.length);
  for (const [at, version] of order.entries()) {
    await assertUploaded(
      {
        clients: options.clients,
        bucket: codeBucketOf(options),
        prefix: releases[at].prefix,
      },
      digestsOf(version, 'jobs/', 'jobs/'),
    );
  }
}

const assertDags = (options: WorkOptions, version: number) =>
  assertUploaded(
    {
      clients: options.clients,
      bucket: `${nameOf(options)}-dags`,
      prefix: `dags/${nameOf(options)}-demo/`,
    },
    {
      ...digestsOf(version, 'dags/', ''),
      'project.yaml': digestOf(textOf(options)),
    },
  );

const digestsOf = (version: number, folder: string, prefix: string) =>
  Object.fromEntries(
    Object.entries(versions[version])
      .filter(([path]) => path.startsWith(folder))
      .map(([path, text]) => [
        prefix + path.slice(folder.length),
        digestOf(text),
      ]),
  );

const codeBucketOf = (options: WorkOptions) => {
  const { account, region } = options.clients.target;
  return `${nameOf(options)}-demo-code-${account}-${region}`;
};

const authorityOf = (options: WorkOptions) =>
  toOwnerAuthority({
    clients: options.clients,
    owner: 'group:default/killed',
    sharedBuckets: [`${nameOf(options)}-dags`],
  });

/** Shortens a name for a project. */
const nameOf = ({ unique }: WorkOptions) => `k${digestOf(unique).slice(0, 12)}`;

const toNames = (options: WorkOptions) => ({
  clients: options.clients,
  project: nameOf(options),
  environment: 'demo',
});

const textOf = (options: WorkOptions) =>
  JSON.stringify({
    name: nameOf(options),
    owner: 'group:default/killed',
    entity: toEntityRef(nameOf(options)),
    compute: 'emr',
    datasets: [{ name: 'none', source: 'sample:1', tables: ['none'] }],
    environments: [
      {
        name: 'demo',
        ...options.clients.target,
        mwaa: {
          environment: 'none',
          airflowVersion: '3.3.1',
          bucket: `${nameOf(options)}-dags`,
          executionRole: 'none',
        },
      },
    ],
    stacks: [{ name: 'foundations', template: 'foundations.json' }],
    release: { files: ['jobs/*.py'], archives: [] },
  });

const projectOf = (options: WorkOptions) => parseProject(textOf(options));

const folderOf = ({ unique }: WorkOptions) =>
  join(tmpdir(), `data-lake-${unique}`);

async function write(options: WorkOptions, version: number): Promise<void> {
  const folder = folderOf(options);
  await rm(folder, { recursive: true, force: true });
  const files = {
    ...versions[version],
    'project.yaml': textOf(options),
    'foundations.json': JSON.stringify(toTemplate(options)),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
