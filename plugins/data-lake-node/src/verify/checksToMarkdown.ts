import { Check } from '@data-lake/plugin-data-lake-common';

const words = {
  passed: '✅ passed',
  failed: '❌ failed',
  unknown: '❔ unknown',
} satisfies Record<Check['state'], string>;

/**
 * The checks as a table in Markdown, for a pull request or a page.
 *
 * @public
 */
export function checksToMarkdown(checks: readonly Check[]): string {
  const rows = checks.map(
    ({ title, state, reason, remedy }) =>
      `| ${words[state]} | ${toCell(title)} | ${toCell(reason)} | ${toCell(
        (state !== 'passed' && remedy) || '',
      )} |`,
  );
  return [
    '| | check | seen | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]
    .join('\n')
    .concat('\n');
}

/** One line, whose bars end no cell. */
export const toCell = (text: string) =>
  text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
