import * as node from '@data-lake/plugin-data-lake-node';
import { createCheckProjectAction } from './checkProject';
import { examples } from './checkProject.examples';
import {
  auditor,
  makeContext,
  makeServices,
  readInput,
} from '../__testUtils__';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  findRoleQuota: jest.fn(async () => undefined),
  findTakenStack: jest.fn(async () => undefined),
  listBucketProblems: jest.fn(async () => []),
  listKeptProblems: jest.fn(async () => []),
}));

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  readMwaaEnvironment: jest.fn(async () => ({
    bucket: 'airflow-bucket',
    executionRole: 'airflow',
  })),
}));

jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  readBucketTags: jest.fn(async () => ({
    'data-lake:owner': 'group:default/data-engineering',
  })),
}));

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));

const input = readInput(examples[0], 'data-lake:project:check');
const movielens = (kind: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'movielens', namespace: 'default' },
});
const check = (entities: any[]) =>
  createCheckProjectAction(makeServices({ entities }));

describe('data-lake:project:check', () => {
  it('passes if all names are free, and returns entity and stack', async () => {
    const ctx = makeContext({ input });
    await check([]).handler(ctx);
    expect(ctx.output.mock.calls).toEqual([
      ['entityRef', 'component:default/movielens'],
      ['stackName', 'movielens-demo-foundations'],
    ]);
  });

  it('lists what is in the way of the buckets that the stack would make', async () => {
    jest
      .mocked(node.listKeptProblems)
      .mockResolvedValueOnce(['Bucket movielens-demo-data is theirs']);
    await expect(check([]).handler(makeContext({ input }))).rejects.toThrow(
      'Nothing was created. Bucket movielens-demo-data is theirs',
    );
    expect(node.listKeptProblems).toHaveBeenCalledWith(
      expect.objectContaining({
        prefix: 'movielens-demo',
        entity: 'component:default/movielens',
      }),
    );
  });

  it('refuses a name for which another task creates a project', async () => {
    const services = makeServices({ entities: [] });
    const task = (id: string, createdAt: string) => ({
      id,
      createdAt,
      spec: {
        parameters: { name: input.name },
        steps: [{ action: 'data-lake:project:check' }],
      },
    });
    const ctx = makeContext({ input });
    jest.mocked(services.scaffolder.listTasks).mockResolvedValue({
      items: [task('first', '2026-11-30'), task(ctx.task.id, '2026-12-01')],
      totalItems: 2,
    } as any);
    await expect(
      createCheckProjectAction(services).handler(ctx),
    ).rejects.toThrow(
      /Nothing was created. Task first of somebody is creating a project movielens/,
    );
  });

  it.each(['Component', 'System'])(
    'refuses a name that a %s has',
    async kind => {
      await expect(
        check([movielens(kind)]).handler(makeContext({ input })),
      ).rejects.toThrow(
        /Nothing was created. The name is taken: the catalog has/,
      );
    },
  );

  const owned = (owner: string) => ({
    relations: [{ type: 'ownedBy', targetRef: owner }],
  });
  const named = (
    entity: string,
    environment: string,
    { account = input.account, stack = `${entity}-${environment}` } = {},
  ) => ({
    ...movielens('Component'),
    metadata: {
      name: entity,
      namespace: 'default',
      annotations: {
        [`data-lake/environment-${environment}`]: `arn:aws:cloudformation:eu-central-1:${account}:stack/${stack}-foundations`,
      },
    },
    ...owned('group:default/data-engineering'),
  });
  const checkNamed = (name: string, entity: object) =>
    check([entity]).handler(
      makeContext({ input: { ...input, name, system: '' } }),
    );

  it.each([
    ['longer', 'movielens', named('movielens-demo', 'prod')],
    ['shorter', 'movielens-xx', named('movielens', 'xx')],
  ])(
    'refuses names that begin as a %s one’s of the account',
    async (_, name, entity) => {
      await expect(checkNamed(name, entity)).rejects.toThrow(
        /begin as those of .*Choose another/,
      );
    },
  );

  it.each([
    [
      'of another account',
      named('movielens', 'xx', { account: '999999999999' }),
    ],
    [
      'of an owner whom the account is not open to',
      { ...named('movielens', 'xx'), ...owned('group:default/finance') },
    ],
    [
      'whose environment has no name of one',
      named('movielens', 'xx-demo-prod'),
    ],
    ['without an owner', { ...named('movielens', 'xx'), relations: [] }],
    [
      'whose annotation alone says so',
      named('evil', 'xx', { stack: 'movielens-xx' }),
    ],
    [
      'whose annotation names a stack that begins so',
      {
        ...named('evil', 'xx'),
        metadata: {
          ...named('evil', 'xx').metadata,
          annotations: {
            'data-lake/environment-xx': `arn:aws:cloudformation:eu-central-1:${input.account}:stack/movielens`,
          },
        },
      },
    ],
    [
      'of another namespace, whose names are not made of its own',
      {
        ...named('movielens', 'xx'),
        metadata: { ...named('movielens', 'xx').metadata, namespace: 'evil' },
      },
    ],
  ])('is blocked by no entity %s', async (_, entity) => {
    await expect(checkNamed('movielens-xx', entity)).resolves.toBe(undefined);
  });

  it('lists everything in the way of the names at once', async () => {
    jest.mocked(node.findTakenStack).mockResolvedValueOnce('Stack taken');
    await expect(
      check([movielens('Component')]).handler(makeContext({ input })),
    ).rejects.toThrow(/catalog has.*Stack taken/);
  });

  it('lets a retry of its own task find what the first try created', async () => {
    const checkpoints = new Map();
    await check([]).handler(makeContext({ input, checkpoints }));
    const retry = makeContext({ input, checkpoints });
    await check([movielens('Component')]).handler(retry);
    expect(retry.logger.info).toHaveBeenCalledWith(
      expect.stringContaining('are free'),
    );
  });

  it('checks buckets again in a retry', async () => {
    const checkpoints = new Map();
    await check([]).handler(makeContext({ input, checkpoints }));
    jest.mocked(node.listBucketProblems).mockResolvedValueOnce(['Bucket gone']);
    await expect(
      check([]).handler(makeContext({ input, checkpoints })),
    ).rejects.toThrow(/Bucket gone/);
  });

  const full = (isCertain: boolean) => {
    const found = { text: 'Role airflow has 50', isCertain };
    jest.mocked(node.findRoleQuota).mockResolvedValueOnce(found);
    const ctx = makeContext({ input });
    return { ctx, done: check([]).handler(ctx) };
  };

  it('refuses an Airflow whose role has no room for more policies', async () => {
    const { ctx, done } = full(true);
    await expect(done).rejects.toThrow('Nothing was created. Role airflow has');
    expect(ctx.logger.warn).not.toHaveBeenCalled();
  });

  it('warns where the account may have raised the quota', async () => {
    const { ctx, done } = full(false);
    await done;
    expect(ctx.logger.warn.mock.calls).toEqual([['Role airflow has 50']]);
  });

  it('audits a refused caller', async () => {
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(event);
    const theirs = { ...input, owner: 'group:default/finance' };
    await expect(
      check([]).handler(makeContext({ input: theirs })),
    ).rejects.toThrow();
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'project-check',
        meta: expect.objectContaining({
          account: input.account,
          owner: theirs.owner,
          stacks: ['movielens-demo-foundations'],
        }),
      }),
    );
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ name: 'Movie-' }, /^Nothing was created\. name: must be 3 to 20 lower/],
    [{ environment: 'production' }, /environment: must be 2 to 8 lower/],
    [{ name: 'xn--lake' }, /name: .* S3 reserves names that start with xn--/],
    [{ system: 'a b' }, /system: must be the name of a system/],
    [{ system: 'lake\n' }, /system: must be the name of a system/],
    [{ system: 'other' }, /The catalog has no system:default\/other/],
    [{ alertEmail: 'a@.com' }, /alertEmail: must be one address such as/],
    [{ alertEmail: '$(id)@example.com' }, /alertEmail: must be one address/],
    [{ description: 'a\nb' }, /description: must be one line of at most/],
    [{ mwaaNetwork: 'vpc-1' }, /mwaaNetwork: must be sg-…/],
    [
      { dataBucket: 'lake--ol-s3' },
      /dataBucket: must be the name of a general/,
    ],
    [{ region: 'Frankfurt' }, /region: must be a region such as/],
    [{ owner: 'group:default/finance' }, /do not belong/],
  ])('refuses %j', async (change, message) => {
    await expect(
      check([]).handler(makeContext({ input: { ...input, ...change } })),
    ).rejects.toThrow(message);
  });
});
