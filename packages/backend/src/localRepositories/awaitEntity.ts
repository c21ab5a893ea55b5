import { Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { poll } from '@data-lake/aws';

/**
 * Waits up to 60 s until the catalog has read an entity.
 *
 * @throws ConflictError that says what was done by then
 */
export async function awaitEntity(
  catalog: CatalogService,
  ctx: Pick<
    ActionContext<any>,
    'getInitiatorCredentials' | 'logger' | 'signal'
  >,
  options: {
    entityRef: string;
    until: (entity: Entity | undefined) => boolean;
    /** The first half of the error, such as `The repository is published`. */
    done: string;
  },
): Promise<void> {
  const { entityRef, until, done } = options;
  const credentials = await ctx.getInitiatorCredentials();
  await poll({
    ask: () => catalog.getEntityByRef(entityRef, { credentials }),
    until,
    pauseMs: 500,
    deadline: Date.now() + 60_000,
    describe: () => `the catalog to read ${entityRef}`,
    toTimeoutError: () =>
      new ConflictError(
        `${done}, but the catalog has not read ${entityRef} within 60 s: the backend's log says what is wrong with its catalog-info.yaml`,
      ),
    log: line => ctx.logger.info(line),
    signal: ctx.signal,
  });
}
