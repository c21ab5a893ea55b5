import * as node from '@data-lake/plugin-data-lake-node';
import { commandNames } from '../options';
import { commands } from '.';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  assertProjectOpen: jest.fn(),
  deployProject: jest.fn(),
  previewProject: jest.fn(),
  readProjectFiles: jest.fn(async () => ({ deployment: {}, stacks: [] })),
}));

/** Commands that touch what a project's files name; the others go by the names and tags of the environment. */
const byFiles = ['preview', 'deploy'] as const;

it.each(byFiles)(
  'data-lake %s asks first whether all that the files name is open to the owner',
  async name => {
    jest
      .mocked(node.assertProjectOpen)
      .mockRejectedValueOnce(new Error('of others'));
    const environment = { project: { name: 'x' }, log: () => {} } as any;
    await expect(commands[name](environment, {} as any)).rejects.toThrow(
      'of others',
    );
    expect(node.deployProject).not.toHaveBeenCalled();
    expect(node.previewProject).not.toHaveBeenCalled();
  },
);

it('knows each command', () => {
  expect([...commandNames].sort()).toEqual(
    [...byFiles, 'delete', 'rollback', 'verify'].sort(),
  );
});
