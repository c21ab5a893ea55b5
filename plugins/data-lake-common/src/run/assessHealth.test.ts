import * as fc from 'fast-check';
import { EnvironmentSnapshot } from '../observation';
import { Problem } from '../problem';
import { ObservedResource } from '../resource';
import { Health, RunState } from '../state';
import { assessHealth } from './assessHealth';
import { Run } from './run';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (minutes: number) =>
  new Date(now.getTime() - minutes * 60_000).toISOString();

const run = (state: RunState, more: Partial<Run> = {}): Run => ({
  id: '20261122T114500-aaaa',
  state,
  trigger: 'manual',
  startedAt: ago(15),
  endedAt: ago(12),
  steps: [
    {
      id: 'glue:job run:jr_1',
      service: 'glue',
      kind: 'job run',
      name: 'transform',
      state,
      status: 'X',
    },
  ],
  ...more,
});
const resource = (
  health: Health,
  type = 'AWS::Glue::Job',
): ObservedResource => ({
  service: 'glue',
  type,
  id: `${type}-${health}`,
  name: 'movielens-demo-curated',
  health,
  status: 'X',
  facts: [],
});
const stack = (health: Health) =>
  resource(health, 'AWS::CloudFormation::Stack');
const good: EnvironmentSnapshot = {
  observedAt: ago(0),
  resources: [stack('healthy'), resource('healthy')],
  runs: [run('succeeded')],
  problems: [],
};
const problem = (health: Problem['health']): Problem => ({
  service: 'glue',
  health,
  message: 'AWS denied reading Glue job x',
});

describe('assessHealth', () => {
  it.each<[string, EnvironmentSnapshot, Health, string]>([
    ['all is well', good, 'healthy', 'last run 12 m ago'],
    [
      'nothing was observed',
      { resources: [], runs: [], problems: [] },
      'unknown',
      'not observed yet',
    ],
    ['no run was made', { ...good, runs: [] }, 'unknown', 'no run yet'],
    [
      'the newest run failed',
      {
        ...good,
        runs: [
          run('failed', { firstFailure: 'glue:job run:jr_1' }),
          run('succeeded'),
        ],
      },
      'failed',
      'run 20261122T114500-aaaa failed in Glue',
    ],
    [
      'a run is running',
      {
        ...good,
        runs: [run('running', { endedAt: undefined }), run('succeeded')],
      },
      'running',
      'transform in Glue, running for 15 m',
    ],
    [
      'the very first run is running',
      { ...good, runs: [run('running', { endedAt: undefined })] },
      'running',
      'transform in Glue, running for 15 m',
    ],
    [
      'a service was denied',
      { ...good, problems: [problem('denied')] },
      'denied',
      'AWS denied reading Glue job x',
    ],
    [
      'a service was throttled',
      { ...good, problems: [problem('unknown')] },
      'unknown',
      'AWS denied reading Glue job x',
    ],
    [
      'the promised run did not come',
      {
        ...good,
        schedule: {
          dagId: 'd',
          paused: false,
          description: 'daily',
          nextAt: ago(60),
        },
      },
      'late',
      'a run was due 1 h ago and has not started',
    ],
    [
      'a scheduled DAG is paused',
      { ...good, schedule: { dagId: 'd', paused: true, description: 'daily' } },
      'late',
      'the DAG is paused, so no run starts',
    ],
    [
      'the stack rolled back',
      { ...good, resources: [stack('failed'), resource('healthy')] },
      'failed',
      'movielens-demo-curated is X',
    ],
    [
      'its stack is gone, whatever its runs were',
      {
        ...good,
        resources: [stack('gone')],
        runs: [run('failed'), run('succeeded')],
        problems: [{ ...problem('gone'), message: 'Stack s does not exist' }],
      },
      'gone',
      'Stack s does not exist',
    ],
    [
      'nothing was read for long',
      { ...good, observedAt: ago(47) },
      'unknown',
      'last run 12 m ago, as of 47 m ago',
    ],
    [
      'a resource is gone',
      { ...good, resources: [stack('healthy'), resource('gone')] },
      'gone',
      'movielens-demo-curated gone',
    ],
  ])('if %s', (_, snapshot, health, reason) => {
    expect(assessHealth(snapshot, now)).toMatchObject({ health, reason });
  });

  it('does not count a service that was not read as healthy', () => {
    const { rules } = assessHealth(
      { ...good, problems: [problem('denied')] },
      now,
    );
    expect(rules.find(({ name }) => name === 'resources')).toEqual({
      name: 'resources',
      health: 'denied',
      text: '1 healthy, Glue not read',
    });
  });

  it('keeps no rule green, nor at work, of what was read long ago', () => {
    const working = run('running', { endedAt: undefined });
    for (const runs of [[run('succeeded')], [working]]) {
      const old = assessHealth({ ...good, runs, observedAt: ago(16) }, now);
      expect(old.rules.map(({ health }) => health)).toEqual(
        old.rules.map(() => 'unknown'),
      );
      for (const { text } of old.rules) expect(text).toMatch(/as of 16 m ago$/);
    }
    const recent = assessHealth({ ...good, observedAt: ago(15) }, now);
    expect(recent.health).toBe('healthy');
  });

  it('is healthy within a quarter of an hour of the promise', () => {
    const schedule = {
      dagId: 'd',
      paused: false,
      description: 'daily',
      nextAt: ago(10),
    };
    expect(assessHealth({ ...good, schedule }, now).health).toBe('healthy');
  });

  it('is never healthy if anything is not', () => {
    const health = fc.constantFrom<Health>(
      'healthy',
      'running',
      'late',
      'failed',
      'gone',
      'denied',
      'unknown',
    );
    const state = fc.constantFrom<RunState>(
      'queued',
      'running',
      'succeeded',
      'failed',
      'cancelled',
      'late',
      'skipped',
      'unknown',
    );
    const anything = fc.record({
      observedAt: fc.option(fc.constant(ago(0)), { nil: undefined }),
      resources: fc.array(
        fc.oneof(
          health.map(h => resource(h)),
          health.map(h => stack(h)),
        ),
        { maxLength: 5 },
      ),
      runs: fc.array(
        state.map(s => run(s)),
        { maxLength: 3 },
      ),
      problems: fc.array(
        fc
          .constantFrom<Problem['health']>(
            'denied',
            'gone',
            'unknown',
            'failed',
          )
          .map(problem),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(anything, snapshot => {
        const assessment = assessHealth(snapshot, now);
        expect(assessment.reason).toMatch(/\S/);
        if (assessment.health !== 'healthy') return;
        expect(snapshot.observedAt).toBeDefined();
        expect(snapshot.problems).toEqual([]);
        expect(snapshot.resources.every(r => r.health === 'healthy')).toBe(
          true,
        );
        expect(snapshot.resources.length).toBeGreaterThan(0);
        expect(snapshot.runs[0].state).toBe('succeeded');
        expect(assessment.rules.every(rule => rule.health === 'healthy')).toBe(
          true,
        );
      }),
    );
  });
});
