import { createRequire } from 'node:module';
import { InputError } from '@backstage/errors';
import { RepositoryContext } from '../RepositoryHost';

/** An action of an official module, whose own types are those of the version that is installed. */
export interface OfficialAction {
  id: string;
  handler(ctx: any): Promise<void>;
}

/**
 * Loads an official module, which the installation chooses to have.
 *
 * @typeParam M - what the module exports
 * @throws InputError that names the package to install
 */
export function loadModule<M>(name: string): M {
  try {
    return createRequire(__filename)(name);
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    throw new InputError(
      `The module for this host is not installed. Run "yarn --cwd packages/backend add ${name}", and start the backend again`,
    );
  }
}

/** What the module itself lacks is a fault of the installation, not its absence. */
function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === 'MODULE_NOT_FOUND' && (message ?? '').includes(`'${name}'`);
}

/**
 * Runs an official action as a part of our step. It keeps no checkpoints: what was done before is looked up
 * at the host, and a repository that was deleted since is made again.
 */
export async function runOfficialAction(
  action: OfficialAction,
  ctx: RepositoryContext,
  input: object,
): Promise<void> {
  await action.handler({
    ...ctx,
    input,
    checkpoint: ({ fn }: { fn: () => unknown }) => fn(),
    output: () => {},
  });
}
