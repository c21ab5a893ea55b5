import { toTable } from '../../table.ts';
import { median, ratio, round, spread } from '../summary.ts';
import { likeAws, toOwnSeconds } from './likeAws.ts';
import { phases, type Phase, type Result, type Results } from './phases.ts';

/** Prints tables of both measurements and, last, one JSON line. */
export function report(all: { local: Results; likeAws: Results }): void {
  for (const phase of phases)
    console.log(`${toLocalTable(all.local, phase)}\n`);
  console.log(
    `Like AWS: ${likeAws.roundTripMs} ms a round trip, ${likeAws.stackSeconds} s a stack. "beyond" is what a tool adds to the stack's own time.\n`,
  );
  for (const phase of phases) {
    console.log(`${toLikeAwsTable(all.likeAws, phase)}\n`);
  }
  console.log(JSON.stringify(toJson(all)));
}

/** Makes the last line. */
export function toJson(all: { local: Results; likeAws: Results }) {
  const { local } = all;
  const byPhase = (value: (phase: Phase) => unknown) =>
    Object.fromEntries(phases.map(phase => [phase, value(phase)]));
  return {
    ...byPhase(phase =>
      byTool(local, name => round(toMedian(local, name, phase, 'seconds'))),
    ),
    calls: { create: toMedian(local, 'ours', 'create', 'calls') },
    peakMiB: byTool(local, name =>
      round(
        Math.max(
          ...phases.flatMap(phase =>
            local[name][phase].map(({ peakMiB }) => peakMiB),
          ),
        ),
        0,
      ),
    ),
    likeAws: byPhase(phase =>
      byTool(all.likeAws, name => round(toBeyond(all.likeAws, name, phase))),
    ),
    likeAwsCalls: byPhase(phase =>
      byTool(all.likeAws, name => toMedian(all.likeAws, name, phase, 'calls')),
    ),
  };
}

type Name = keyof Results;

const listNames = (results: Results) => Object.keys(results) as Name[];

const byTool = (results: Results, value: (name: Name) => number) =>
  Object.fromEntries(listNames(results).map(name => [name, value(name)]));

const listValues = (
  results: Results,
  name: Name,
  phase: Phase,
  key: keyof Result,
) => results[name][phase].map(result => result[key]);

const toMedian = (...which: Parameters<typeof listValues>) =>
  median(listValues(...which));

const toBeyond = (results: Results, name: Name, phase: Phase) =>
  toMedian(results, name, phase, 'seconds') - toOwnSeconds(phase);

function toLocalTable(results: Results, phase: Phase): string {
  const ours = toMedian(results, 'ours', phase, 'seconds');
  return toTable([
    [phase, 'seconds', 'to ours', 'CPU seconds', 'calls', 'peak MiB'],
    ...listNames(results).map(name => {
      const of = (key: keyof Result) => listValues(results, name, phase, key);
      return [
        name,
        spread(of('seconds')),
        ratio(median(of('seconds')), ours),
        spread(of('cpuSeconds')),
        spread(of('calls'), 0),
        spread(of('peakMiB'), 0),
      ];
    }),
  ]);
}

function toLikeAwsTable(results: Results, phase: Phase): string {
  const own = toOwnSeconds(phase);
  const ours = toBeyond(results, 'ours', phase);
  return toTable([
    [`${phase}, like AWS`, 'seconds beyond', 'to ours', 'calls', 'to ours'],
    ...listNames(results).map(name => {
      const calls = listValues(results, name, phase, 'calls');
      return [
        name,
        spread(
          listValues(results, name, phase, 'seconds').map(each => each - own),
        ),
        ratio(toBeyond(results, name, phase), ours),
        spread(calls, 0),
        ratio(median(calls), toMedian(results, 'ours', phase, 'calls')),
      ];
    }),
  ]);
}
