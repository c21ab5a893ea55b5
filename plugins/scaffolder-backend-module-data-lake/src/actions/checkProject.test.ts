import { findStack } from '@data-lake/cloudformation';
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
  findTakenStack: jest.fn(async () => undefined),
  listBucketProblems: jest.fn(async () => []),
}));

jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  readBucketTags: jest.fn(async () => ({})),
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

  const named = (prefix: string, account: string) => ({
    ...movielens('Component'),
    metadata: {
      name: 'other',
      namespace: 'default',
      annotations: {
        'data-lake/environment-x': `arn:aws:cloudformation:eu-central-1:${account}:stack/${prefix}-foundations`,
      },
    },
  });

  it.each([
    ['longer', 'movielens-demo-prod'],
    ['shorter', 'movielens-x'],
  ])(
    'refuses names that begin as a %s one’s of the account',
    async (_, prefix) => {
      const change =
        prefix === 'movielens-x'
          ? { name: 'movielens-x' }
          : { name: 'movielens' };
      const ctx = (account = input.account) => [
        check([named(prefix, account)]),
        makeContext({ input: { ...input, ...change } }),
      ];
      const [action, context] = ctx();
      await expect((action as any).handler(context)).rejects.toThrow(
        /begin as those of .*Choose another/,
      );
      const [elsewhere, again] = ctx('999999999999');
      await (elsewhere as any).handler(again);
    },
  );

  it('refuses names that begin as those of a stack that no entity names', async () => {
    jest
      .mocked(findStack)
      .mockImplementation(async (__, name) =>
        name === 'movielens-x-foundations' ? ({ tags: {} } as any) : undefined,
      );
    await expect(
      check([]).handler(
        makeContext({ input: { ...input, name: 'movielens-x' } }),
      ),
    ).rejects.toThrow(/begin as those of movielens-x,/);
    jest.mocked(findStack).mockReset();
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
    [{ name: 'Movie-' }, /not a project name/],
    [{ environment: 'production' }, /not an environment name/],
    [{ owner: 'group:default/finance' }, /do not belong/],
  ])('refuses %j', async (change, message) => {
    await expect(
      check([]).handler(makeContext({ input: { ...input, ...change } })),
    ).rejects.toThrow(message);
  });
});
