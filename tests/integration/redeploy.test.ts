/**
 * An environment that is torn down and deployed again: what stayed is taken over. In an account of its own.
 */
import { join } from 'node:path';
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListObjectsV2Command,
  DeletePublicAccessBlockCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { findStack, listStackResources } from '@data-lake/cloudformation';
import {
  deleteEnvironment,
  deployProject,
  previewEnvironmentDeletion,
  previewProject,
  readProjectFiles,
  toOwnerAuthority,
  toTeardownRequest,
} from '@data-lake/plugin-data-lake-node';
import { newAccount, useAccount } from './account';
import { makeProject } from './project';

jest.setTimeout(600_000);

const account = useAccount(newAccount());
const { clients } = account;
const shared = {
  bucket: `shared-mwaa-${account.account}`,
  executionRole: 'shared-execution',
};
const name = 'again-demo';
const bucket = (thing: string) =>
  `${name}-${thing}-${account.account}-us-east-1`;
const log = jest.fn();

type Made = Awaited<ReturnType<typeof makeProject>>;
let made: Made;

beforeAll(async () => {
  await account.aws(
    ...['iam', 'create-role', '--role-name', shared.executionRole],
    ...['--assume-role-policy-document', '{}'],
  );
  await account.aws('s3api', 'create-bucket', '--bucket', shared.bucket);
  made = await makeProject(values => {
    values.name = 'again';
    values.environments[0].removable = true;
    Object.assign(values.environments[0], {
      account: account.account,
      mwaa: { ...values.environments[0].mwaa, ...shared },
    });
  });
});
afterAll(() => made?.remove());

const authority = () =>
  toOwnerAuthority({
    clients,
    owner: made.project.owner,
    sharedBuckets: [shared.bucket],
  });
const options = async (identity = 'one') => ({
  clients,
  files: await readProjectFiles(made),
  identity,
  log,
  ...authority(),
});
const deploy = async (identity?: string) =>
  deployProject({
    ...(await options(identity)),
    allow: { allowBroaderPermissions: true },
  });
const deletion = () => ({
  ...toTeardownRequest(made.project),
  ...authority(),
  clients,
  log,
});
const tearDown = (keys: object = {}) =>
  deleteEnvironment({ ...deletion(), confirm: name, ...keys });
const list = async (): Promise<Record<string, string[]>> =>
  JSON.parse(
    await account.run(
      join(process.env.LOCAL_AWS_ENVS!, 'ministack/bin/python'),
      [join(__dirname, 'listResources.py'), name],
    ),
  );
const key = async () => {
  const source = { clients, stackId: `${name}-foundations` };
  const resources = await listStackResources(source);
  return resources.find(({ logicalId }) => logicalId === 'Key')?.physicalId;
};

it('takes over the buckets and the key that stayed, as the preview says, and their properties are written', async () => {
  await deploy();
  const before = await key();
  await clients.s3.send(
    new PutObjectCommand({
      Bucket: bucket('data'),
      Key: 'raw/a',
      Body: 'kept',
    }),
  );
  await tearDown();
  // changed while no stack had it
  await clients.s3.send(
    new DeletePublicAccessBlockCommand({ Bucket: bucket('data') }),
  );

  const { stacks } = await previewProject(await options('preview'));
  expect(stacks.foundations.does).toBe('create');
  const adopted = stacks.foundations.resources.filter(
    ({ does }) => does === 'adopted',
  );
  expect(adopted.map(({ physicalId }) => physicalId).sort()).toEqual(
    [bucket('code'), bucket('data'), bucket('logs'), before].sort(),
  );
  expect(await findStack(clients, `${name}-foundations`)).toBeUndefined();

  const again = await deploy('two');
  expect(again.stacks.foundations.status).toBe('UPDATE_COMPLETE');
  expect(await key()).toBe(before);
  const { Body } = await clients.s3.send(
    new GetObjectCommand({ Bucket: bucket('data'), Key: 'raw/a' }),
  );
  expect(await Body!.transformToString()).toBe('kept');
  const { PublicAccessBlockConfiguration: block } = await clients.s3.send(
    new GetPublicAccessBlockCommand({ Bucket: bucket('data') }),
  );
  expect(block).toMatchObject({ BlockPublicPolicy: true });
  const { ServerSideEncryptionConfiguration: encryption } =
    await clients.s3.send(
      new GetBucketEncryptionCommand({ Bucket: bucket('data') }),
    );
  expect(JSON.stringify(encryption)).toContain(before);
  const { Policy } = await clients.s3.send(
    new GetBucketPolicyCommand({ Bucket: bucket('data') }),
  );
  expect(Policy).toContain('aws:SecureTransport');
});

describe('what a tear-down has left', () => {
  it('is told by name and meaning, and nothing else is left', async () => {
    await account.aws(
      ...['logs', 'create-log-group', '--log-group-name'],
      `/aws-glue/jobs/${name}-glue-role/${name}-glue-job/output`,
    );
    const told = await tearDown();
    const left = await list();
    expect(left).toEqual({
      buckets: ['code', 'data', 'logs'].map(bucket),
      keys: ['Data lake again, environment demo: Enabled'],
      'log groups': [
        `/aws-glue/jobs/${name}-glue-role/${name}-glue-job/output`,
      ],
    });
    const stays = told.stacks.flatMap(stack => stack.stays);
    const named = [
      ...stays.map(({ physicalId }) => physicalId),
      ...told.beside.stays.map(each => each.name),
    ];
    expect(named).toEqual(
      expect.arrayContaining([...left.buckets, ...left['log groups']]),
    );
    expect(stays.every(({ meaning }) => meaning)).toBe(true);
    const { Contents } = await clients.s3.send(
      new ListObjectsV2Command({ Bucket: shared.bucket }),
    );
    expect(Contents).toBeUndefined();
  });

  it('is told again once the stacks are gone', async () => {
    const told = await tearDown();
    expect(told.stacks).toMatchObject([
      {
        name: `${name}-foundations`,
        status: 'NOT_THERE',
        stays: [
          { physicalId: bucket('data') },
          { type: 'AWS::KMS::Key' },
          { physicalId: bucket('code') },
          { physicalId: bucket('logs') },
        ],
      },
    ]);
  });

  it('stays if its tags name another entity', async () => {
    const tag = (value: string) =>
      account.aws(
        ...['s3api', 'put-bucket-tagging', '--bucket', bucket('data')],
        '--tagging',
        JSON.stringify({
          TagSet: Object.entries({
            'data-lake:project': 'again',
            'data-lake:environment': 'demo',
            'data-lake:entity': value,
            'data-lake:owner': made.project.owner,
          }).map(([Key, Value]) => ({ Key, Value })),
        }),
      );
    await tag('component:default/other');
    await expect(deploy('three')).rejects.toThrow(
      /Nothing was changed. Bucket again-demo-data.*belongs to component:default\/other/,
    );
    const told = await previewEnvironmentDeletion({
      ...deletion(),
      removeData: true,
    });
    const goes = told.stacks.flatMap(stack => stack.goes);
    expect(goes.map(each => each.physicalId)).not.toContain(bucket('data'));
    await tag(made.project.entity);
  });

  it('goes with both keys, although no stack is there', async () => {
    await tearDown({ removeData: true });
    expect(await list()).toEqual({
      keys: ['Data lake again, environment demo: PendingDeletion'],
    });
  });

  it('leaves nothing for another deletion', async () => {
    const told = await tearDown({ removeData: true });
    expect(told.stacks).toMatchObject([{ goes: [], stays: [] }]);
  });
});
