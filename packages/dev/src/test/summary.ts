import { cpus } from 'node:os';
import { logPath } from '../processes.ts';
import { toTable } from '../table.ts';
import type { Measures } from './measure.ts';
import { sumReports } from './reports/report.ts';
import type { PartResult } from './runParts.ts';

/**
 * Lines at the end of a run: seconds by part, the slowest tests, and all failures.
 *
 * @param measures - of the whole run, in which parts ran side by side
 */
export function summarize(
  results: readonly PartResult[],
  measures: Measures,
): string {
  const sections = [
    describeParts(results, measures),
    describeSlowest(results),
    describeFailures(results),
  ];
  return sections.filter(section => section).join('\n\n');
}

function describeParts(
  results: readonly PartResult[],
  { seconds, busyCores }: Measures,
): string {
  const { passed, failed } = sumReports(results.map(({ report }) => report));
  return toTable([
    ['part', 'seconds', 'tests', `busy cores (of ${cpus().length})`],
    ...results.map(({ name, report, ...part }) => [
      name,
      part.seconds.toFixed(1),
      String(report.passed + report.failed),
      '',
    ]),
    ['all', seconds.toFixed(1), String(passed + failed), busyCores.toFixed(1)],
  ]);
}

function describeSlowest(results: readonly PartResult[]): string {
  const slowest = results
    .flatMap(({ name: part, report }) =>
      report.durations.map(duration => ({ part, ...duration })),
    )
    .filter(({ seconds }) => seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 10);
  return slowest.length === 0
    ? ''
    : [
        'Slowest tests',
        ...slowest.map(
          ({ part, name, seconds }) =>
            `${seconds.toFixed(1).padStart(7)} s  ${part}: ${shorten(name)}`,
        ),
      ].join('\n');
}

function describeFailures(results: readonly PartResult[]): string {
  const failed = results.filter(({ report }) => report.failed > 0);
  if (failed.length === 0) return '';
  const logs = failed.map(
    ({ name }) => `${name} (${logPath(`tests ${name}`)})`,
  );
  return [
    `Failed: ${logs.join(', ')}`,
    ...failed.flatMap(({ report }) => report.failures.map(each => `✘ ${each}`)),
  ].join('\n');
}

function shorten(name: string, limit = 100): string {
  return name.length > limit ? `${name.slice(0, limit - 1)}…` : name;
}
