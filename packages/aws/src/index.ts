export { AccountAccess } from './access/AccountAccess';
export type { AuthorizeTags } from './access/AccountAccess';
export { audited, auditedIfRefused, toNoteChangeSet } from './access/audited';
export type { Note } from './access/audited';
export { Accounts } from './accounts/accounts';
export type { Account, AwsTarget } from './accounts/accounts';
export { AwsDeployConfig, readAwsDeployConfig } from './accounts/config';
export { isSameRef } from './accounts/isSameRef';
export { assertAccount } from './clients/assertAccount';
export { callingHead } from './clients/callingHead';
export { CallCounter } from './clients/calls';
export type { AwsClients } from './clients/clients';
export { AwsClientFactory } from './clients/factory';
export { ClientSettings } from './clients/settings';
export { consoleUrl } from './console/console';
export type { ConsolePage } from './console/console';
export { toPartition } from './console/partition';
export { sha256 } from './digest/sha256';
export {
  calling,
  CredentialsError,
  credentialsAdvice,
  translateAwsError,
} from './errors/errors';
export type { Doing } from './errors/errors';
export { getMwaaEnvironment } from './mwaa/getMwaaEnvironment';
export type { MwaaEnvironmentState } from './mwaa/getMwaaEnvironment';
export {
  listMwaaEnvironmentNames,
  readMwaaEnvironment,
} from './mwaa/readMwaaEnvironment';
export { invokeRestApi } from './mwaa/restApi/invokeRestApi';
export type { RestApiRequest } from './mwaa/restApi/restApiRequest';
export { listPages } from './paging/listPages';
export type { Page } from './paging/listPages';
export { redact } from './redact/redact';
export { redactAll } from './redact/redactAll';
export { redactError } from './redact/redactError';
export { Heartbeat, startHeartbeat } from './waiting/heartbeat';
export { poll } from './waiting/poll';
export type { PollOptions, WaitOptions } from './waiting/poll';
export { runConcurrently } from './waiting/runConcurrently';
export { withTimeout } from './waiting/withTimeout';
export { parseYamlDocument } from './yaml/parseYamlDocument';
