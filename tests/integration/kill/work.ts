import { AwsClients } from '@data-lake/aws';

/**
 * An operation that a killed process leaves unfinished and that a second process, with the same request, completes.
 * Each kill point is a separate run: all names begin with `unique`.
 */
export interface Work {
  /** Creates the initial state. */
  prepare?(options: WorkOptions): Promise<void>;
  /** Runs the operation, in a process that is killed and then in one that is not. */
  run(options: WorkOptions): Promise<unknown>;
  /** Throws unless the result is the same as without the kill. */
  verify(options: WorkOptions & { result: any }): Promise<void>;
}

export interface WorkOptions {
  clients: AwsClients;
  unique: string;
}
