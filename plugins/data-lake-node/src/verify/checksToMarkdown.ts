import { Check } from '@data-lake/plugin-data-lake-common';

const words = {
  passed: '✅ passed',
  failed: '❌ failed',
  unknown: '❔ unknown',
} satisfies Record<Check['state'], string>;

/**
 * Writes checks as a Markdown table, for a pull request or a page.
 *
 * @public
 */
export function checksToMarkdown(checks: readonly Check[]): string {
  const rows = checks.map(({ title, state, reason, remedy }) => {
    const next = state === 'passed' ? '' : remedy ?? '';
    const cells = [words[state], ...[title, reason, next].map(toCell)];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| | check | result | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]
    .join('\n')
    .concat('\n');
}

/** Writes a text on one line, with backslashes and bars escaped, so that it stays in its cell. */
const toCell = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/[\\|]/g, '\\$&').trim();
