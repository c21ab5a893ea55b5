import { NotAllowedError } from '@backstage/errors';

/** AWS does not accept the credentials at all, whatever they were used for. @public */
export class CredentialsError extends NotAllowedError {
  // by which Backstage chooses the HTTP status
  name = 'NotAllowedError' as const;
}

/**
 * What a message about credentials advises in Backstage. Another program, which takes its credentials elsewhere,
 * replaces it by its own advice.
 *
 * @public
 */
export const credentialsAdvice =
  'Check aws.accounts and aws.mainAccount in the configuration';
