import { cpus } from 'node:os';
import { logPath } from '../processes.ts';
import { toTable } from '../table.ts';
import type { PartResult } from './runParts.ts';

/** Lines at the end of a run: seconds by part, the slowest tests, and all failures. */
export function summarize(results: readonly PartResult[]): string {
  const sections = [
    describeParts(results),
    describeSlowest(results),
    describeFailures(results),
  ];
  return sections.filter(section => section).join('\n\n');
}

function describeParts(results: readonly PartResult[]): string {
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
  return toTable([
    ['part', 'seconds', 'tests', `busy cores (of ${cpus().length})`],
    ...results.map(({ name, seconds, report, busyCores }) => [
      name,
      seconds.toFixed(1),
      String(report.passed + report.failed),
      busyCores.toFixed(1),
    ]),
    [
      'all',
      total.toFixed(1),
      String(
        results.reduce(
          (sum, { report }) => sum + report.passed + report.failed,
          0,
        ),
      ),
      '',
    ],
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
