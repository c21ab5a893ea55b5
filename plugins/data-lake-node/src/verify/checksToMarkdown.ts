import { Check, toCodeSpan } from '@data-lake/plugin-data-lake-common';

const words = {
  passed: '✅ passed',
  failed: '❌ failed',
  unknown: '❔ unknown',
} satisfies Record<Check['state'], string>;

/**
 * Writes checks as a Markdown list, for a pull request or a page. Titles are ours; what was found quotes AWS and the
 * repository.
 *
 * @public
 */
export function checksToMarkdown(checks: readonly Check[]): string {
  return checks
    .flatMap(({ title, state, reason, remedy }) => [
      `- ${words[state]}: ${title}: ${toCodeSpan(reason)}`,
      ...(state !== 'passed' && remedy
        ? [`  - what to do: ${toCodeSpan(remedy)}`]
        : []),
    ])
    .map(line => `${line}\n`)
    .join('');
}
