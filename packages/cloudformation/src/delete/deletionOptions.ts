import { AwsClients } from '@data-lake/aws';
import { AuthorizeStack } from '../operation/planStackNow';
import { Caller } from '../stack/deploymentSpec';
import { OwnershipTag } from '../stack/ownership';

/** @public */
export interface DeletionOptions extends Pick<Caller, 'tokenPrefix'> {
  clients: AwsClients;
  stackName: string;
  /** The tags that say whose the stack must be. */
  ownership: readonly OwnershipTag[];
  /** Also delete the resources that would outlive the stack, with all objects in their buckets. */
  removeData?: boolean;
  /** Tag put on resources that lose their Retain policy; optional, default `removable`. */
  removableKey?: string;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account through which a template over 51,200 bytes is passed, with `removeData`. */
  templateBucket?: string;
  /** Gets the tags of the stack before anything else is read; throws if the caller may not touch it. */
  authorizeStack?: AuthorizeStack;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Optional, default 60. */
  timeoutMinutes?: number;
}
