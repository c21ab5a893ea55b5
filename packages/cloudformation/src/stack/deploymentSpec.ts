import { AdoptedResource } from './adoptedResource';
import { Template } from '../template/template';
import { OwnershipTag } from './ownership';

/**
 * The desired state of a stack, and who asks for it.
 *
 * @public
 */
export interface DeploymentSpec extends Caller {
  stackName: string;
  template: Template;
  /** Bucket of the account through which a template over 51,200 bytes is passed; it does not stay there. */
  templateBucket?: string;
  /**
   * The template is the stack's own, as it was read: CloudFormation keeps its text, of which it returns only what is
   * ASCII.
   */
  keepsTemplate?: boolean;
  /** A parameter without a value keeps that of the stack, or else takes the default of the template. */
  parameters: Record<string, string>;
  tags: Record<string, string>;
  /** The tags that say whose the stack must be; empty: any stack of this name may be updated. */
  ownership: readonly OwnershipTag[];
  /** Optional, default `CAPABILITY_NAMED_IAM` if the template has IAM resources. */
  capabilities?: string[];
  /** CloudFormation service role. */
  roleArn?: string;
  /** Revert changes made outside CloudFormation, by a drift-aware change set. */
  revertDrift?: boolean;
  /**
   * Existing resources that the stack takes over by this change, which may change nothing else; empty: the stack
   * must be new, as it will take some over.
   */
  imports?: readonly AdoptedResource[];
}

/**
 * The caller of an operation, from which the names of change sets and client tokens are made.
 *
 * @public
 */
export interface Caller {
  /**
   * Identity of the caller, such as a task. The same identity and specification is the same work, done
   * once; other work of the same identity is waited for.
   */
  identity: string;
  /** First part of all names and tokens, letters and digits; optional, default `deploy`. */
  tokenPrefix?: string;
}

/** The changes of a change set, as lines such as `Topic (AWS::SNS::Topic)`. @public */
export interface ChangeSummary {
  added: string[];
  changed: string[];
  replaced: string[];
  removed: string[];
}

/** The result of a deployment. @public */
export interface DeploymentResult {
  stackId: string;
  /** CloudFormation's status, such as `CREATE_COMPLETE`. */
  status: string;
  /** Outputs made of NoEcho parameters and secrets are masked. */
  outputs: Record<string, string>;
  /** False if there was nothing to change. */
  changed: boolean;
  changes: ChangeSummary;
  /** The executed change set; absent if there was nothing to change. */
  changeSetName?: string;
  consoleUrl: string;
  /** What the operation has left behind although it succeeded, in lines; absent if nothing. */
  warnings?: string[];
}
