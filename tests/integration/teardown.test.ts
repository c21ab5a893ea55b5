import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  deleteEnvironment,
  deployProject,
  readProjectFiles,
  toOwnerAuthority,
  toTeardownRequest,
} from '@data-lake/plugin-data-lake-node';
import { useAccount } from './account';
import { makeProject } from './project';

/**
 * An environment with all its stacks, used, and then removed: what is left, by the lists of the
 * services. In an account of its own; its MWAA environment is a real Airflow.
 */
jest.setTimeout(600_000);

const account = useAccount('555555555555');
const { clients, run } = account;
const log = () => {};

/** Of an MWAA environment that several projects use. */
const shared = {
  bucket: `shared-mwaa-${account.account}`,
  executionRole: 'shared-execution',
};

beforeAll(async () => {
  await account.aws(
    ...['iam', 'create-role', '--role-name', shared.executionRole],
    ...['--assume-role-policy-document', '{}'],
  );
  await account.aws('s3api', 'create-bucket', '--bucket', shared.bucket);
});

type Made = Awaited<ReturnType<typeof makeProject>>;

const projectOf = (name: string, change: (values: any) => void = () => {}) =>
  makeProject(values => {
    values.name = name;
    Object.assign(values.environments[0], {
      account: account.account,
      mwaa: { ...values.environments[0].mwaa, ...shared },
    });
    change(values);
  });

/** Kind → names, of all that the account has of an environment. */
const listResources = async (
  prefix: string,
): Promise<Record<string, string[]>> =>
  JSON.parse(
    await run(join(process.env.LOCAL_AWS_ENVS!, 'ministack/bin/python'), [
      join(__dirname, 'listResources.py'),
      prefix,
    ]),
  );

const authorityOf = ({ owner }: Made['project']) =>
  toOwnerAuthority({ clients, owner, sharedBuckets: [shared.bucket] });

async function deploy(made: Made, environment?: string) {
  const files = await readProjectFiles({ ...made, environment });
  return deployProject({
    clients,
    files,
    identity: 'one',
    log,
    ...authorityOf(made.project),
  });
}

const put = (Bucket: string, Key: string, Body: string) =>
  clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));

/** What runs leave: files in two versions, and a log group as Glue names it. */
async function use(name: string) {
  const data = `${name}-data-${account.account}-us-east-1`;
  await put(data, 'raw/movies.csv', 'movieId,title,genres');
  await put(data, 'raw/movies.csv', 'movieId,title,genres\n');
  await account.aws(
    ...['logs', 'create-log-group', '--log-group-name'],
    `/aws-glue/jobs/${name}-glue-role/${name}-glue-job/output`,
  );
}

const remove = (
  { project }: Made,
  keys: { confirm: string; removeData?: boolean },
) =>
  deleteEnvironment({
    ...toTeardownRequest(project),
    ...authorityOf(project),
    clients,
    log,
    ...keys,
  });

describe('an environment with a new MWAA environment and observability', () => {
  const name = 'gone-demo';
  let made: Made;

  beforeAll(async () => {
    made = await projectOf('gone', values => {
      values.environments[0].removable = true;
      Object.assign(values.environments[0].mwaa, {
        environment: name,
        bucket: `${name}-mwaa-${account.account}-us-east-1`,
        executionRole: `${name}-mwaa-execution`,
      });
      values.stacks = ['mwaa', 'foundations', 'observability'].map(stack => ({
        name: stack,
        template: `infra/templates/${stack}.template.json`,
      }));
    });
    await deploy(made);
    await use(name);
  });

  afterAll(() => made?.remove());

  it('exists, with its stacks in order and its DAGs', async () => {
    const there = await listResources(name);
    expect(there.stacks).toEqual([
      `${name}-foundations`,
      `${name}-mwaa`,
      `${name}-observability`,
    ]);
    expect(there['MWAA environments']).toEqual([name]);
    expect(there.VPCs).toEqual([`${name}-mwaa`]);
    expect(Object.keys(there).length).toBeGreaterThan(20);
  });

  it('leaves only retained resources, and lists them', async () => {
    const told = await remove(made, { confirm: name });
    const left = await listResources(name);
    const buckets = ['data', 'logs', 'mwaa', 'code'].map(
      bucket => `${name}-${bucket}-${account.account}-us-east-1`,
    );
    expect(left).toEqual({
      buckets: buckets.sort(),
      keys: [
        'Data lake gone, environment demo: Enabled',
        `MWAA environment ${name}: Enabled`,
      ],
      'log groups': [
        `/aws-glue/jobs/${name}-glue-role/${name}-glue-job/output`,
      ],
    });
    const stays = told.stacks.flatMap(stack => stack.stays);
    const named = (type: string) =>
      stays.filter(resource => resource.type === type);
    expect(
      named('AWS::S3::Bucket')
        .map(r => r.physicalId)
        .sort(),
    ).toEqual(left.buckets);
    expect(named('AWS::KMS::Key')).toHaveLength(2);
    // Not of the DAG's files, which go whatever the bucket's fate.
    expect(
      await account.aws(
        ...['s3api', 'list-objects-v2', '--bucket', buckets[2]],
        ...['--prefix', 'dags/', '--query', 'KeyCount', '--output', 'text'],
      ),
    ).toMatch(/^(0|None)?\s*$/);
  });
});

describe('an environment with removable data', () => {
  const name = 'away-demo';
  let made: Made;

  beforeAll(async () => {
    made = await projectOf('away', values => {
      values.environments[0].removable = true;
    });
    await deploy(made);
    await use(name);
  });

  afterAll(() => made?.remove());

  it('stays unchanged if one confirmation is missing', async () => {
    const before = await listResources(name);
    await expect(
      remove(made, { confirm: 'away', removeData: true }),
    ).rejects.toThrow(/enter the name away-demo/);
    expect(await listResources(name)).toEqual(before);
  });

  it('leaves no data with both confirmations', async () => {
    await remove(made, { confirm: name, removeData: true });
    // What a key needs by AWS's own rule: a month in which its deletion can be cancelled.
    expect(await listResources(name)).toEqual({
      keys: ['Data lake away, environment demo: PendingDeletion'],
    });
  });
});

it('shares nothing with another project, or another environment, in the same account', async () => {
  const projects = [
    await projectOf('left', both),
    await projectOf('right', both),
  ];
  try {
    const made: Record<string, string[]>[] = [];
    for (const project of projects) {
      for (const environment of ['demo', 'prod']) {
        await deploy(project, environment);
        made.push(
          await listResources(`${project.project.name}-${environment}`),
        );
      }
    }
    const [first, ...others] = made;
    for (const [kind, names] of Object.entries(first)) {
      for (const other of others) {
        expect([kind, other[kind]?.length]).toEqual([kind, names.length]);
        expect([
          kind,
          other[kind].filter(each => names.includes(each)),
        ]).toEqual([kind, []]);
      }
    }
  } finally {
    await Promise.all(projects.map(project => project.remove()));
  }

  function both(values: any) {
    values.environments.push({ ...values.environments[0], name: 'prod' });
    values.stacks.push({
      name: 'observability',
      template: 'infra/templates/observability.template.json',
    });
  }
});
