/**
 * An environment that is torn down and deployed again: what stayed is taken over. In an account of its own.
 */
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  DeletePublicAccessBlockCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { findStack, listStackResources } from '@data-lake/cloudformation';
import {
  deleteEnvironment,
  deployProject,
  previewProject,
  readProjectFiles,
  toOwnerAuthority,
  toTeardownRequest,
} from '@data-lake/plugin-data-lake-node';
import { useAccount } from './account';
import { makeProject } from './project';

jest.setTimeout(600_000);

const account = useAccount(process.env.D_ACC ?? '666666666666');
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

const options = async (identity = 'one') => ({
  clients,
  files: await readProjectFiles(made),
  identity,
  log,
  ...toOwnerAuthority({
    clients,
    owner: made.project.owner,
    sharedBuckets: [shared.bucket],
  }),
});
const deploy = async (identity?: string) =>
  deployProject({
    ...(await options(identity)),
    allow: { allowBroaderPermissions: true },
  });
const tearDown = (keys: object = {}) =>
  deleteEnvironment({
    ...toTeardownRequest(made.project),
    ...toOwnerAuthority({
      clients,
      owner: made.project.owner,
      sharedBuckets: [shared.bucket],
    }),
    clients,
    log,
    confirm: name,
    ...keys,
  });
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
