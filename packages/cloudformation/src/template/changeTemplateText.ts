import { InputError } from '@backstage/errors';
import { toCanonicalJson } from './json';
import { parseGivenText, TemplateText } from './templateText';
import { listJsonEdits } from './text/listJsonEdits';
import { listYamlEdits } from './text/listYamlEdits';
import { applyEdits, TextChange } from './text/textChange';

/** A text, and the template that it is. */
export interface ChangedTemplate {
  body: string;
  content: unknown;
}

/**
 * Changes the text of a template; every other character stays, so that no value changes that was not meant.
 *
 * @param refusal - what to say if the text is written in a way that leaves no place for a change
 * @throws InputError with the refusal
 */
export function changeTemplateText(
  text: string,
  { content, isJson }: TemplateText,
  { changes, refusal }: { changes: readonly TextChange[]; refusal: string },
): ChangedTemplate {
  if (changes.length === 0) return { body: text, content };
  const list = isJson ? listJsonEdits : listYamlEdits;
  const edits = list(text, changes);
  if (edits.length < changes.length) throw new InputError(refusal);
  const body = applyEdits(text, edits);
  const changed = parseGivenText(body).content;
  const expected = withChanges(content, changes);
  if (toCanonicalJson(changed) !== toCanonicalJson(expected)) {
    throw new InputError(refusal);
  }
  return { body, content: changed };
}

/** Returns the data with the changes, for which the text has a place. */
function withChanges(
  content: unknown,
  changes: readonly TextChange[],
): unknown {
  const result = structuredClone(content);
  for (const change of changes) {
    const isSet = 'to' in change;
    const parents = isSet ? change.path.slice(0, -1) : change.path;
    let at = result as Record<string, unknown>;
    for (const key of parents) {
      if (!Object.hasOwn(at, key)) at[key] = {};
      at = at[key] as Record<string, unknown>;
    }
    if (isSet) at[change.path.at(-1)!] = change.to;
    else if (Array.isArray(at)) at.unshift(change.first);
  }
  return result;
}
