import { AwsClients } from '@data-lake/aws';
import { toPath, listEvents, nestedType, StackEvent } from './events';

/** Reads the events of an operation as they occur, including those of nested stacks. */
export class OperationEvents {
  /** All events read so far, oldest first. */
  readonly seen: StackEvent[] = [];
  private unreported: StackEvent[] = [];
  private last?: string;
  private readonly nested = new Map<string, NestedStack>();

  constructor(
    private readonly source: {
      clients: AwsClients;
      /** Name or id. */
      stackId: string;
      /** The last event before the operation. */
      after?: string;
    },
  ) {
    this.last = source.after;
  }

  /** Reads the events that are new since the last call. */
  async read(signal?: AbortSignal): Promise<void> {
    const { clients, stackId } = this.source;
    const found = await listEvents({
      clients,
      stackId,
      after: this.last,
      signal,
    });
    this.last = found.at(-1)?.id ?? this.last;
    this.take(found);
    // a nested stack may have nested ones itself, which are added during the loop
    for (const [id, nested] of this.nested) {
      if (!nested.isUnread) continue;
      const inner = await listEvents({
        clients,
        stackId: id,
        within: nested.within,
        after: nested.last,
        // older events belong to earlier operations
        from: this.seen[0].at,
        signal,
      });
      nested.last = inner.at(-1)?.id ?? nested.last;
      nested.isUnread = nested.isOpen;
      this.take(inner);
    }
  }

  /** Returns the events that were not taken before, oldest first. */
  takeUnreported(): StackEvent[] {
    const events = this.unreported.sort(byTime);
    this.unreported = [];
    return events;
  }

  private take(events: readonly StackEvent[]): void {
    this.seen.push(...events);
    if (this.nested.size > 0) this.seen.sort(byTime);
    this.unreported.push(...events);
    for (const event of events) this.note(event);
  }

  private note(event: StackEvent): void {
    const { type, physicalId, stackId, status } = event;
    if (type !== nestedType || !physicalId || physicalId === stackId) return;
    // it is read once more after it has ended, for its last events
    this.nested.set(physicalId, {
      within: toPath(event),
      last: this.nested.get(physicalId)?.last,
      isOpen: status.endsWith('_IN_PROGRESS'),
      isUnread: true,
    });
  }
}

interface NestedStack {
  /** Logical ids from the outermost stack. */
  within: string;
  /** The last event that was read. */
  last?: string;
  isOpen: boolean;
  isUnread: boolean;
}

const byTime = (a: StackEvent, b: StackEvent) =>
  a.at.getTime() - b.at.getTime();
