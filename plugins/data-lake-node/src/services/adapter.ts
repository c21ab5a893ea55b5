import type { AwsClients } from '@data-lake/aws';
import {
  DeployedEnvironment,
  ObservedResource,
  Problem,
  RunPart,
  Schedule,
  ObservedServiceId,
} from '@data-lake/plugin-data-lake-common';

/**
 * The contract of every service: AWS shapes end here. An adapter reads, bounded and paged, the resources
 * that the stacks list. A call that fails is a Problem in its answer, not an exception.
 *
 * @public
 */
export interface ServiceAdapter {
  id: ObservedServiceId;
  /** The CloudFormation types it describes; each type has at most one adapter. */
  resourceTypes: string[];
  /** @throws only the reason of `context.signal` once that is aborted */
  observe(context: ObserveContext): Promise<ServiceObservation>;
}

/** @public */
export interface ObserveContext {
  clients: AwsClients;
  environment: DeployedEnvironment;
  /** The stacks must carry it in their tag `data-lake:entity`. */
  entityRef: string;
  /** The entity's owner, as the catalog has it; a stack that is tagged with another one is not read. */
  owner?: string;
  /** The environment's own stacks: the only index of what exists. */
  stacks: Stack[];
  /** Runs older than this are not read again. */
  since: Date;
  signal: AbortSignal;
}

/** One service's share of an observation. @public */
export interface ServiceObservation {
  resources: ObservedResource[];
  parts: RunPart[];
  problems: Problem[];
  /** Only from MWAA. */
  schedule?: Schedule;
}

/** A stack that exists, and its resources. @public */
export interface Stack {
  name: string;
  status: string;
  tags: Record<string, string>;
  outputs: Record<string, string>;
  resources: ListedResource[];
}

/** A resource as the listing of its stack has it. @public */
export interface ListedResource {
  logicalId: string;
  type: string;
  /** The physical id; empty while it is being created. */
  id: string;
  status: string;
  reason?: string;
  updatedAt?: string;
}
