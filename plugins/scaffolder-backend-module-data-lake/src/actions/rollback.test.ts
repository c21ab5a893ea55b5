import { createMockDirectory } from '@backstage/backend-test-utils';
import * as node from '@data-lake/plugin-data-lake-node';
import fs from 'fs-extra';
import { makeContext, makeServices, movielens } from '../__testUtils__';
import { createRollbackAction } from './rollback';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));

const choice = { from: 'releases/b/', to: 'releases/a/', switches: 2 };

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  chooseRollback: jest.fn(async () => choice),
  rollbackProject: jest.fn(async () => ({
    release: 'releases/a/',
    former: 'releases/b/',
    status: 'UPDATE_COMPLETE',
    consoleUrl: 'c',
  })),
}));

const project = fs
  .readFileSync(`${__dirname}/../../../../skeleton/project.yaml`, 'utf8')
  .replace(/account: .*/, 'account: "123456789012"')
  .replace(/region: .*/, 'region: eu-central-1');
const workspace = createMockDirectory({ content: { 'project.yaml': project } });

const roll = async (services = makeServices()) => {
  const ctx = makeContext({ input: {}, workspacePath: workspace.path });
  await createRollbackAction(services).handler(ctx);
  return Object.fromEntries(ctx.output.mock.calls);
};

describe('data-lake:release:rollback', () => {
  beforeEach(() => jest.mocked(node.rollbackProject).mockClear());

  it('switches to the release before, of a stack that is theirs', async () => {
    expect(await roll()).toMatchObject({
      release: 'releases/a/',
      former: 'releases/b/',
    });
    const [options] = jest.mocked(node.rollbackProject).mock.lastCall!;
    expect(options).toMatchObject({ chosen: choice, release: undefined });
    await expect(
      options.authorizeStack({ 'data-lake:owner': 'group:default/finance' }),
    ).rejects.toThrow(/do not belong.*out of date/);
  });

  const theirs = {
    ...movielens,
    relations: [{ type: 'ownedBy', targetRef: 'group:default/finance' }],
  };

  it.each([
    ['without the permission', { deny: 'data-lake.environment.deploy' }],
    ["another team's entity", { entities: [theirs] }],
  ])('refuses %s', async (_, options) => {
    await expect(roll(makeServices(options))).rejects.toThrow();
    expect(node.rollbackProject).not.toHaveBeenCalled();
  });
});
