import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { assertError } from '@backstage/errors';
import {
  EntityProvider,
  EntityProviderConnection,
  parseEntityYaml,
} from '@backstage/plugin-catalog-node';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Emits the entities of `<folder>/<repository>/catalog-info.yaml`, and opens no other file. The catalog
 * itself still refuses `file` locations; links are not followed, and kinds that could add permissions or
 * templates are skipped.
 */
export class LocalRepositoriesProvider implements EntityProvider {
  private connection?: EntityProviderConnection;

  constructor(
    private readonly folder: string,
    private readonly logger: LoggerService,
  ) {}

  getProviderName() {
    return 'local-repositories';
  }

  async connect(connection: EntityProviderConnection) {
    this.connection = connection;
  }

  async refresh() {
    if (!this.connection) {
      return;
    }
    const names = await readdir(this.folder).catch(() => []);
    const read = await Promise.all(names.map(name => this.readEntities(name)));
    await this.connection.applyMutation({
      type: 'full',
      entities: read.flat().map(entity => ({
        entity,
        locationKey: entity.metadata.annotations![ANNOTATION_LOCATION],
      })),
    });
  }

  private async readEntities(name: string): Promise<Entity[]> {
    // a repository that is still being written starts with a dot
    if (name.startsWith('.')) {
      return [];
    }
    const path = join(this.folder, name, 'catalog-info.yaml');
    try {
      const [repository, file] = await Promise.all([
        lstat(join(this.folder, name)),
        lstat(path),
      ]);
      if (!repository.isDirectory() || !file.isFile() || file.size > maxBytes) {
        return [];
      }
      return [
        ...parseEntityYaml(await readFile(path), {
          type: 'file',
          target: path,
        }),
      ].flatMap(result => {
        if (result.type !== 'entity') {
          this.logger.warn(`${path} is skipped: ${describe(result)}`);
          return [];
        }
        return allowedKinds.includes(result.entity.kind)
          ? [withLocation(result.entity, path)]
          : [];
      });
    } catch (error) {
      assertError(error);
      this.logger.warn(`${path} cannot be read: ${error.message}`);
      return [];
    }
  }
}

const maxBytes = 1024 * 1024;

const allowedKinds = ['System', 'Component', 'Resource', 'API'];

function withLocation(entity: Entity, path: string): Entity {
  const location = `file:${path}`;
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
  };
}

function describe(result: { type: string; error?: Error }) {
  return result.error?.message ?? `it contains a ${result.type}`;
}
