import { mask } from './mask';

/** A part of a text: its first character, and the one after its last. */
export interface Range {
  from: number;
  to: number;
}

/** Puts the mask in place of each range; ranges that overlap or touch become one. */
export function maskRanges(text: string, ranges: readonly Range[]): string {
  const sorted = ranges
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  let masked = '';
  let copied = 0;
  for (let at = 0; at < sorted.length; ) {
    const { from } = sorted[at];
    let { to } = sorted[at];
    for (at += 1; at < sorted.length && sorted[at].from <= to; at += 1) {
      to = Math.max(to, sorted[at].to);
    }
    masked += text.slice(copied, from) + mask;
    copied = to;
  }
  return masked + text.slice(copied);
}
