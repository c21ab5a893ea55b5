import { toTable } from '../../table.ts';
import type { Measured } from '../measure.ts';
import { median, ratio, round, spread } from '../summary.ts';
import type { Deployer } from './deployers.ts';

/** The operations that are measured, in this order. */
export const phases = ['create', 'noop', 'update'] as const;
export type Phase = (typeof phases)[number];

export type Result = Measured & { calls: number };
export type Results = Record<Deployer['name'], Record<Phase, Result[]>>;

/** Prints a table for each operation and, last, one JSON line. */
export function report(results: Results): void {
  const names = Object.keys(results) as (keyof Results)[];
  for (const phase of phases) {
    const seconds = (name: keyof Results) =>
      results[name][phase].map(result => result.seconds);
    console.log(
      `${toTable([
        [phase, 'seconds', 'to ours', 'CPU seconds', 'calls', 'peak MiB'],
        ...names.map(name => {
          const of = (key: keyof Result) =>
            results[name][phase].map(result => result[key]);
          return [
            name,
            spread(seconds(name)),
            ratio(median(seconds(name)), median(seconds('ours'))),
            spread(of('cpuSeconds')),
            spread(of('calls'), 0),
            spread(of('peakMiB'), 0),
          ];
        }),
      ])}\n`,
    );
  }
  const each = (value: (name: keyof Results) => number) =>
    Object.fromEntries(names.map(name => [name, value(name)]));
  const secondsOf = (phase: Phase) =>
    each(name => round(median(results[name][phase].map(r => r.seconds))));
  console.log(
    JSON.stringify({
      create: secondsOf('create'),
      noop: secondsOf('noop'),
      update: secondsOf('update'),
      calls: { create: median(results.ours.create.map(r => r.calls)) },
      peakMiB: each(name =>
        round(
          Math.max(
            ...phases.flatMap(phase =>
              results[name][phase].map(r => r.peakMiB),
            ),
          ),
          0,
        ),
      ),
    }),
  );
}
