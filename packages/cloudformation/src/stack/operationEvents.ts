import { AwsClients } from '@data-lake/aws';
import { idOf, listEvents, nestedType, StackEvent } from './events';

/** Reads the events of an operation as they come, those of nested stacks too. */
export class OperationEvents {
  /** All that were read so far, oldest first. */
  readonly seen: StackEvent[] = [];
  private untold: StackEvent[] = [];
  private last?: string;
  private readonly nested = new Map<string, NestedStack>();

  constructor(
    private readonly of: {
      clients: AwsClients;
      /** Name or id. */
      stackId: string;
      /** The last event before the operation. */
      after?: string;
    },
  ) {
    this.last = of.after;
  }

  async read(signal?: AbortSignal): Promise<void> {
    const { clients, stackId } = this.of;
    const found = await listEvents({
      clients,
      stackId,
      after: this.last,
      signal,
    });
    this.last = found.at(-1)?.id ?? this.last;
    this.take(found);
    // a nested stack may have nested ones itself, which are added while going through
    for (const [id, nested] of this.nested) {
      if (!nested.unread) continue;
      const inner = await listEvents({
        clients,
        stackId: id,
        within: nested.within,
        after: nested.last,
        // its history is older than the operation
        from: this.seen[0].at,
        signal,
      });
      nested.last = inner.at(-1)?.id ?? nested.last;
      nested.unread = nested.goesOn;
      this.take(inner);
    }
  }

  /** Those that were not taken before, oldest first. */
  takeUntold(): StackEvent[] {
    const events = this.untold.sort(byTime);
    this.untold = [];
    return events;
  }

  private take(events: readonly StackEvent[]): void {
    this.seen.push(...events);
    if (this.nested.size > 0) this.seen.sort(byTime);
    this.untold.push(...events);
    for (const event of events) this.note(event);
  }

  private note(event: StackEvent): void {
    const { type, physicalId, stackId, status } = event;
    if (type !== nestedType || !physicalId || physicalId === stackId) return;
    // it is read once more after it has ended: what it said last comes with its end
    this.nested.set(physicalId, {
      within: idOf(event),
      last: this.nested.get(physicalId)?.last,
      goesOn: status.endsWith('_IN_PROGRESS'),
      unread: true,
    });
  }
}

interface NestedStack {
  /** Its logical id, below those of the stacks around it. */
  within: string;
  /** The last of its events that was read. */
  last?: string;
  goesOn: boolean;
  unread: boolean;
}

const byTime = (a: StackEvent, b: StackEvent) =>
  a.at.getTime() - b.at.getTime();
