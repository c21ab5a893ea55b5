import { Template } from '../template/template';

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
  /** Set back what was changed outside CloudFormation, by a drift-aware change set. */
  revertDrift?: boolean;
  /**
   * Who asks, such as a task: the same identity and request is the same work, done once; other work
   * of the same identity is waited for.
   */
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
  /** Those made of NoEcho parameters and secrets are masked. */
  outputs: Record<string, string>;
  /** Whether there was anything to do. */
  changed: boolean;
  changes: Changes;
  /** The change set that was executed; absent where nothing was to change. */
  changeSetName?: string;
  consoleUrl: string;
}
