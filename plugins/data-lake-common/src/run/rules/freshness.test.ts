import { makeRun, makeStep, toTime as at } from '../__testUtils__/makeRun';
import { assessFreshness } from './freshness';

const root = makeStep('mwaa:DAG run:r', { from: 0, to: 3_000 });
const execution = (name: string, state: 'failed' | 'succeeded', to: number) =>
  makeStep(`stepfunctions:execution:${name}`, { from: 0, to, state });

it.each([
  ['its execution', [execution('r_1', 'succeeded', 600)], '50 m'],
  [
    'the newest of its executions that succeeded',
    [
      execution('r_1', 'succeeded', 600),
      execution('r_2', 'succeeded', 1_200),
      execution('r_3', 'failed', 2_400),
    ],
    '40 m',
  ],
  ['the run, if no execution is known', [], '10 m'],
])(
  'takes the age of the data from the end of %s: a task that is cleared later changes none',
  (_, executions, age) => {
    const run = makeRun([root, ...executions], {
      state: 'succeeded',
      endedAt: root.endedAt,
    });
    expect(
      assessFreshness(
        { resources: [], runs: [run], problems: [] },
        new Date(at(3_600)),
      ),
    ).toMatchObject({
      health: 'healthy',
      text: `data ${age} old, no schedule`,
    });
  },
);
