import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { TraceRow } from './layoutTrace';

/**
 * Handles the keys of the treegrid: one tab stop, ↑ ↓ Home End move, ← → fold and unfold, Enter opens
 * a step, Esc closes it. https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
export function useTraceKeys(options: {
  rows: readonly TraceRow[];
  folded: ReadonlySet<string>;
  selected?: string;
  onFold(id: string, closed: boolean): void;
  onSelect(id?: string): void;
}) {
  const { rows, folded } = options;
  const [wanted, setFocusId] = useState<string>();
  const list = useRef<HTMLElement>();
  const ids = rows.map(row => row.step.id);
  const focusId =
    [wanted, options.selected].find(id => id && ids.includes(id)) ?? ids[0];

  const focus = (id: string | undefined) => {
    if (id === undefined) return;
    setFocusId(id);
    const lines = list.current?.querySelectorAll<HTMLElement>('[data-step]');
    [...(lines ?? [])].find(line => line.dataset.step === id)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    list.current = event.currentTarget;
    const index = ids.indexOf(focusId);
    const row = rows[index];
    if (!row) return;
    const { id, parent } = row.step;
    const open = row.hasChildren && !folded.has(id);
    const acts: Record<string, () => void> = {
      ArrowDown: () => focus(ids[index + 1]),
      ArrowUp: () => focus(ids[index - 1]),
      Home: () => focus(ids[0]),
      End: () => focus(ids[ids.length - 1]),
      ArrowRight: () =>
        row.hasChildren && !open
          ? options.onFold(id, false)
          : focus(open ? ids[index + 1] : undefined),
      ArrowLeft: () => (open ? options.onFold(id, true) : focus(parent)),
      Enter: () => options.onSelect(id),
      Escape: () => options.onSelect(undefined),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return { focusId, setFocusId, onKeyDown };
}
