/**
 * Counts the requests that clients send, retries included: `{ 'cloudformation:DescribeStacks': 2 }`.
 *
 * @public
 */
export class CallCounter {
  private readonly counts = new Map<string, number>();

  /** Counts every request of this client from now on. */
  watch<C extends { middlewareStack: unknown }>(service: string, client: C): C {
    const stack = client.middlewareStack as Stack;
    stack.add(
      (next, context) => async args => {
        this.count(service, context.commandName ?? 'unknown');
        return next(args);
      },
      // the innermost step runs once for each retry
      { step: 'deserialize', priority: 'low', name: 'callCounter' },
    );
    return client;
  }

  /** @internal */
  count(service: string, command: string): void {
    const key = `${service}:${command.replace(/Command$/, '')}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, n) => sum + n, 0);
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort());
  }
}

type Handler = (args: any) => Promise<any>;

/** The part of a middleware stack that all generations of clients share. */
interface Stack {
  add(
    middleware: (next: Handler, context: { commandName?: string }) => Handler,
    options: { step: 'deserialize'; priority: 'low'; name: string },
  ): void;
}
