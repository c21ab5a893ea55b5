import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
  parseEntityYaml,
} from '@backstage/plugin-catalog-node';

/**
 * Emits the templates that come with the plugin, so that they fit the version of its actions, with the owner of
 * the configuration.
 */
export class TemplatesProvider implements EntityProvider {
  constructor(
    private readonly options: {
      /** Folder with `<template>/template.yaml`. */
      folder: string;
      /** Entity ref; absent: the templates have no owner. */
      owner?: string;
    },
  ) {}

  getProviderName() {
    return 'data-lake-templates';
  }

  async connect(connection: EntityProviderConnection) {
    const entities = await this.readTemplates();
    await connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity,
        locationKey: this.getProviderName(),
      })),
    });
  }

  private async readTemplates(): Promise<Entity[]> {
    const { folder } = this.options;
    const names = await readdir(folder);
    const read = await Promise.all(
      names.map(name => this.readTemplate(join(folder, name, 'template.yaml'))),
    );
    return read.flat();
  }

  private async readTemplate(path: string): Promise<Entity[]> {
    const location = { type: 'file', target: path };
    const results = [...parseEntityYaml(await readFile(path), location)];
    return results.map(result => {
      if (result.type === 'entity') return this.toTemplate(result.entity, path);
      throw new Error(
        `${path} has no template`,
        result.type === 'error' ? { cause: result.error } : undefined,
      );
    });
  }

  private toTemplate(entity: Entity, path: string): Entity {
    const { owner } = this.options;
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
      spec: { ...entity.spec, ...(owner && { owner }) },
    };
  }
}
