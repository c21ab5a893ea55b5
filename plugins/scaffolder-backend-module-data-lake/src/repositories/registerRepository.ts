import { ConflictError } from '@backstage/errors';
import { poll } from '@data-lake/aws';
import { CodeHostType } from './codeHosts/CodeHostType';
import { HostServices } from './HostServices';
import { parseLocation } from './location';
import { RepositoryContext } from './RepositoryHost';

/**
 * Reads a repository's catalog-info.yaml as the catalog will, registers it as the person who started the task,
 * and waits up to a minute for its entity.
 *
 * @throws Error that names the credential that cannot read, or the permission that is missing
 */
export async function registerRepository(options: {
  services: HostServices;
  type: CodeHostType;
  ctx: RepositoryContext;
  request: { repoUrl: string; entityRef: string };
}): Promise<void> {
  const { services, type, ctx, request } = options;
  const location = parseLocation(request.repoUrl);
  const { catalogInfoUrl } = type.toUrls(location);
  await readBack(options, location.host, catalogInfoUrl);
  if (services.settings.register) {
    await register(options, catalogInfoUrl);
  } else {
    ctx.logger.info(
      'Not registered: dataLake.repositories.register is false, and the catalog discovers it',
    );
  }
  await awaitEntity(options);
}

/** A host may answer 404 for some seconds after a push. */
async function readBack(
  { services, type, ctx }: Parameters<typeof registerRepository>[0],
  host: string,
  url: string,
): Promise<void> {
  let last: Error | undefined;
  const read = async () => {
    try {
      const { buffer } = await services.reader.readUrl(url, {
        signal: ctx.signal,
      });
      return (await buffer()).length > 0;
    } catch (error) {
      last = error as Error;
      if (last.name === 'NotFoundError') return false;
      throw toUnreadable();
    }
  };
  const toUnreadable = () =>
    new Error(
      `The repository is published, but Backstage's own credential for ${host} (integrations) cannot read ${url}: ${
        last?.message ?? 'it is empty'
      }. It needs ${
        type.readerNeeds
      }. Correct it, and retry the task: the repository is found`,
      { cause: last },
    );
  await poll({
    ask: read,
    until: Boolean,
    pauseMs: 1_000,
    deadline: Date.now() + 30_000,
    describe: () => `${host} to have ${url}`,
    toTimeoutError: toUnreadable,
    log: line => ctx.logger.info(line),
    signal: ctx.signal,
  });
  ctx.logger.info(`Read ${url} with Backstage's own credential`);
}

async function register(
  { services, ctx }: Parameters<typeof registerRepository>[0],
  target: string,
): Promise<void> {
  const credentials = await ctx.getInitiatorCredentials();
  try {
    await services.catalog.addLocation(
      { type: 'url', target },
      { credentials },
    );
    ctx.logger.info(`Registered ${target}`);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === ConflictError.name) {
      ctx.logger.info(`${target} is registered already`);
      return;
    }
    throw new Error(
      `The catalog does not register ${target}: ${message}. It needs the permission catalog.location.create for whoever starts the task; where the catalog discovers repositories by itself, set dataLake.repositories.register to false`,
      { cause: error },
    );
  }
}

/** A catalog with much to do may take longer, which is no failure. */
async function awaitEntity({
  services,
  ctx,
  request: { entityRef },
}: Parameters<typeof registerRepository>[0]): Promise<void> {
  const credentials = await ctx.getInitiatorCredentials();
  const late = new Error('late');
  try {
    await poll({
      ask: () => services.catalog.getEntityByRef(entityRef, { credentials }),
      until: Boolean,
      pauseMs: 1_000,
      deadline: Date.now() + 60_000,
      describe: () => `the catalog to read ${entityRef}`,
      toTimeoutError: () => late,
      log: line => ctx.logger.info(line),
      signal: ctx.signal,
    });
    ctx.logger.info(`The catalog has ${entityRef}`);
  } catch (error) {
    if (error !== late) throw error;
    ctx.logger.warn(
      `The catalog has not read ${entityRef} within 60 s; the task continues without it`,
    );
  }
}
