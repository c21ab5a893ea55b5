export { Accounts } from './accounts/accounts';
export type { AwsTarget } from './accounts/accounts';
export { DataLakeConfig, readDataLakeConfig } from './accounts/config';
export { assertAccount } from './clients/assertAccount';
export type { AwsClients } from './clients/clients';
export { AwsClientFactory } from './clients/factory';
export { consoleUrl } from './console/console';
export type { ConsolePlace } from './console/console';
export { toPartition } from './console/partition';
export { calling, translateAwsError } from './errors/errors';
export type { Doing } from './errors/errors';
export { invokeRestApi } from './mwaa/mwaaRestApi';
export type { RestApiRequest } from './mwaa/mwaaRestApi';
export { listPages } from './paging/listPages';
export { sideBySide } from './waiting/runConcurrently';
export {
  Heartbeat,
  Patience,
  everyHalfMinute,
  pauses,
} from './waiting/waiting';
export type { Waiting } from './waiting/waiting';
export { inTime } from './waiting/withTimeout';
export { parseYamlDocument } from './yaml/parseYamlDocument';
