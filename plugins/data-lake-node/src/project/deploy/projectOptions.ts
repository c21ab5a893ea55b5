import { AwsClients } from '@data-lake/aws';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { ProjectFiles } from '../spec/readProjectFiles';

/** Options that a deployment of a project's environment and its preview share. @public */
export interface ProjectOptions extends EnvironmentAuthority {
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  /** See `readProjectFiles`. */
  files: ProjectFiles;
  /** Identity of the caller, such as a task: a retry with the same one continues what the first try started. */
  identity: string;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account for templates over 51,200 bytes, which are uploaded there temporarily. */
  templateBucket?: string;
  /** Receives each step and event, in one line. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Limit of the wait for each stack; optional, default 60. */
  timeoutMinutes?: number;
}
