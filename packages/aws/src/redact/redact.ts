import { redactFormats } from './formats';
import { mask } from './mask';
import { redactPairs } from './pairs';

/**
 * Masks secrets in a text that others wrote, before it is shown, stored, logged or sent: the values of names
 * such as `password`, what has the format of a credential, and the given values. Takes time linear in the
 * length of the text. Ordinary names (ARNs, run ids, digests, S3 URLs) stay as they are.
 *
 * @param secrets - values that are known to be secret, such as those of NoEcho parameters; ones of less than
 * four characters stay, since masking them would make the text unreadable
 * @public
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return redactEncoded(redactPlain(redactGiven(text, secrets)), secrets);
}

const redactPlain = (text: string) => redactPairs(redactFormats(text));

function redactGiven(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.split(secret).join(mask), text);
}

/** Masks the words that hold a secret once percent-decoded, such as a link made of a name. */
function redactEncoded(text: string, secrets: readonly string[]): string {
  return text.replace(/[^\s"'<>]+/g, word => {
    if (!word.includes('%')) return word;
    const decoded = decode(word);
    const redacted = redactPlain(redactGiven(decoded, secrets));
    return redacted === decoded ? word : redacted.replace(/\s/g, '+');
  });
}

function decode(word: string): string {
  return word.replace(/(?:%[0-9A-Fa-f]{2})+/g, codes => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
