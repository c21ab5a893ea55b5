import { Template } from './template';

/** A stack as it should be. @public */
export interface DeployRequest {
  stackName: string;
  template: Template;
  /** Bucket of the account that a template over 51,200 bytes goes by; it does not stay there. */
  templateBucket?: string;
  /**
   * A parameter that is not given keeps the stack's value; where the stack has none, the template's
   * default is used.
   */
  parameters: Record<string, string>;
  tags: Record<string, string>;
  /** Absent: `CAPABILITY_NAMED_IAM` where the template has IAM resources. */
  capabilities?: string[];
  /** CloudFormation service role. */
  roleArn?: string;
  /** Who asks, such as task and step: the same identity and request is the same work. */
  identity: string;
}

/** What a change set does, by logical id. @public */
export interface Changes {
  added: string[];
  changed: string[];
  replaced: string[];
  removed: string[];
}

/** @public */
export interface Deployment {
  stackId: string;
  /** CloudFormation's word, such as `CREATE_COMPLETE`. */
  status: string;
  outputs: Record<string, string>;
  /** Whether there was anything to do. */
  changed: boolean;
  changes: Changes;
  consoleUrl: string;
}
