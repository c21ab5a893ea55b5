import { AwsClients } from '@data-lake/aws';

/**
 * Something that a killed process leaves half done, and that a second one, asked for the same, brings
 * to its end. Each kill point is a run of its own: all names begin with `unique`.
 */
export interface Work {
  /** What is there before. */
  prepare?(options: WorkOptions): Promise<void>;
  /** Runs in a process that is killed, and then in one that is not. */
  run(options: WorkOptions): Promise<unknown>;
  /** Throws unless all is as if nobody had been killed. */
  verify(options: WorkOptions & { result: any }): Promise<void>;
}

export interface WorkOptions {
  clients: AwsClients;
  unique: string;
}
