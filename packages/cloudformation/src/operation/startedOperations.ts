import { CustomErrorBase } from '@backstage/errors';
import { AwsClients, consoleUrl } from '@data-lake/aws';

/**
 * An error after CloudFormation has started an operation, or may have: the message ends with what goes on
 * or has ended, and how to follow it.
 *
 * @public
 */
export class OperationStartedError extends CustomErrorBase {
  name = 'OperationStartedError' as const;

  constructor(message: string, cause: unknown) {
    super(message);
    // without its text, which the message holds already
    Object.defineProperty(this, 'cause', { value: cause });
  }
}

/** An operation of a stack. @public */
export interface Operation {
  act: 'create' | 'update' | 'delete' | 'rollback';
  stackName: string;
  stackId: string;
}

/**
 * Remembers what CloudFormation was told to do, so that every later error says it: a denied call, expired
 * credentials or a cancellation end only the wait, not the operation.
 *
 * @public
 */
export class StartedOperations {
  private readonly done: string[] = [];

  private running?: { operation: Operation; says: string };

  constructor(private readonly clients: Pick<AwsClients, 'target'>) {}

  /** True while an operation goes on, or may go on. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Notes that CloudFormation has started an operation. */
  start(operation: Operation): void {
    this.note(
      operation,
      `CloudFormation goes on with the ${this.toText(
        operation,
      )}. ${howToFollow}`,
    );
  }

  /** Notes that the answer to the start was lost, and so was the answer whether it has started. */
  mayHaveStarted(operation: Operation): void {
    this.note(
      operation,
      `CloudFormation may have started the ${this.toText(
        operation,
      )}. Run this again: it follows the operation, or starts it`,
    );
  }

  /** Notes what a cancellation had CloudFormation do instead. */
  cancel(says: string): void {
    if (this.running) this.running.says = says;
  }

  /** Notes the last status of the operation that is running. */
  end(status: string): void {
    if (!this.running) return;
    const { operation } = this.running;
    this.running = undefined;
    this.did(`Before that the ${this.toText(operation)} ended: ${status}`);
  }

  /** Notes an act other than an operation of a stack, as a sentence without its full stop. */
  did(says: string): void {
    this.done.push(says);
  }

  /** Returns the error itself if nothing was started, or if it tells how the operation ended. */
  explain(error: unknown): unknown {
    const says = [...this.done, ...(this.running ? [this.running.says] : [])];
    const { name, message } = error as Error;
    if (says.length === 0 || tellsTheEnd.has(name)) return error;
    return new OperationStartedError(
      [message.replace(/\.$/, ''), ...says].join('. '),
      error,
    );
  }

  private note(operation: Operation, says: string): void {
    this.running = { operation, says };
  }

  private toText({ act, stackName, stackId }: Operation): string {
    const link = consoleUrl(this.clients.target, { of: 'stack', stackId });
    return `${nouns[act]} of stack ${stackName} (${stackId}, ${link})`;
  }
}

const howToFollow = 'Run this again to follow it, or see its events there';

const nouns = {
  create: 'creation',
  update: 'update',
  delete: 'deletion',
  rollback: 'rollback',
} satisfies Record<Operation['act'], string>;

const tellsTheEnd: ReadonlySet<string> = new Set([
  'DeletionFailedError',
  'DeploymentFailedError',
  'OperationStartedError',
]);
