import { CodeHostType, HostCredential } from './codeHosts/CodeHostType';
import { HostApi } from './codeHosts/HostApi';
import { RepositoryContext } from './RepositoryHost';

/** Opens the API of a host for one step, which ends with the step. */
export const toApi = (
  { apiUrl: baseUrl }: CodeHostType,
  { headers }: HostCredential,
  { signal }: RepositoryContext,
): HostApi => new HostApi({ baseUrl, headers, signal });
