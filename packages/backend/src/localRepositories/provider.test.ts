import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import fs from 'fs-extra';
import { LocalRepositoriesProvider } from './provider';

const yaml = (kind: string, name: string) => `
apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata:
  name: ${name}
spec: {}
`;

describe('LocalRepositoriesProvider', () => {
  const folder = createMockDirectory();
  const applyMutation = jest.fn();

  async function refresh() {
    const provider = new LocalRepositoriesProvider(
      folder.path,
      mockServices.logger.mock(),
    );
    await provider.connect({ applyMutation, refresh: jest.fn() });
    await provider.refresh();
    const [mutation] = applyMutation.mock.lastCall!;
    return mutation.entities.map(
      ({ entity }: any) => `${entity.kind}:${entity.metadata.name}`,
    );
  }

  it('emits the entities of each repository, at their file', async () => {
    folder.setContent({
      a: {
        'catalog-info.yaml': `${yaml('Component', 'a')}---${yaml(
          'Resource',
          'b',
        )}`,
      },
    });
    expect(await refresh()).toEqual(['Component:a', 'Resource:b']);
    expect(applyMutation.mock.lastCall![0].entities[0].locationKey).toBe(
      `file:${folder.resolve('a/catalog-info.yaml')}`,
    );
  });

  it('leaves out what could bring in rights, and goes on beside a broken file', async () => {
    folder.setContent({
      bad: { 'catalog-info.yaml': 'kind: [' },
      good: { 'catalog-info.yaml': yaml('System', 'good') },
      user: {
        'catalog-info.yaml': `${yaml('User', 'admin')}---${yaml(
          'Location',
          'etc',
        )}---${yaml('Template', 't')}`,
      },
      '.draft': { 'catalog-info.yaml': yaml('Component', 'draft') },
    });
    expect(await refresh()).toEqual(['System:good']);
  });

  it('follows no link out of the folder', async () => {
    folder.setContent({
      outside: { 'catalog-info.yaml': yaml('Component', 'outside') },
      'repos/a': {},
    });
    await fs.symlink(
      folder.resolve('outside/catalog-info.yaml'),
      folder.resolve('repos/a/catalog-info.yaml'),
    );
    await fs.symlink(folder.resolve('outside'), folder.resolve('repos/b'));
    const provider = new LocalRepositoriesProvider(
      folder.resolve('repos'),
      mockServices.logger.mock(),
    );
    await provider.connect({ applyMutation, refresh: jest.fn() });
    await provider.refresh();
    expect(applyMutation.mock.lastCall![0].entities).toEqual([]);
  });
});
