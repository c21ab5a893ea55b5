import { findFormats } from './formats';
import { findPairs } from './pairs';
import { maskRanges, Range } from './ranges';
import { toOrigin, toViews } from './views';

/**
 * Masks secrets in a text that others wrote, before it is shown, stored, logged or sent: the values of names
 * such as `password`, what has the format of a credential, and the given values; also where they are encoded.
 * Takes time linear in the length of the text. Ordinary names (ARNs, run ids, digests, S3 URLs) and sentences
 * about secrets stay as they are.
 *
 * @param secrets - values that are known to be secret, such as those of NoEcho parameters; ones of less than
 * four characters stay, since masking them would make the text unreadable
 * @public
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter(({ length }) => length >= 4);
  const ranges = toViews(text).flatMap(view =>
    [
      ...known.flatMap(secret => findAll(view.text, secret)),
      ...findFormats(view.text),
      ...findPairs(view.text),
    ].map(range => toOrigin(view, range)),
  );
  return maskRanges(text, ranges);
}

function findAll(text: string, secret: string): Range[] {
  const ranges: Range[] = [];
  let from = text.indexOf(secret);
  while (from >= 0) {
    const to = from + secret.length;
    ranges.push({ from, to });
    from = text.indexOf(secret, to);
  }
  return ranges;
}
