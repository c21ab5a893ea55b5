import { InputError } from '@backstage/errors';
import { CodeHostServices } from './CodeHostType';

/**
 * Refuses to act without the person's token where the installation demands it.
 *
 * @throws InputError that says what to do
 */
export function assertMayUseIntegration(
  { config }: CodeHostServices,
  host: string,
): void {
  if (config.getOptionalBoolean('scaffolder.requireScmUserCredentials')) {
    throw new InputError(
      `The task has no token of yours for ${host}, and scaffolder.requireScmUserCredentials demands one: start it from the form, and sign in to ${host} there`,
    );
  }
}

/** @throws InputError, as there is nothing to sign a request with */
export function refuseWithoutCredential(host: string, key: string): never {
  throw new InputError(
    `Backstage has no credential for ${host}: add one to integrations.${key}, or start the task from the form and sign in to ${host} there`,
  );
}

/** The name and password of HTTP's basic scheme. */
export const toBasic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
