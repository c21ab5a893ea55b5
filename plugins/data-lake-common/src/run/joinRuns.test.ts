import * as fc from 'fast-check';
import { RunState } from '../state';
import { anyPart } from './__testUtils__/arbitraries';
import { makeStep as step, toTime as at } from './__testUtils__/makeRun';
import { joinRuns } from './joinRuns';
import { listRunKeys, toRunKey } from './runKey';
import { Run, Step } from './run';
import { RunPart } from './runPart';

const runKey = '20261122T100000-aaaa';

/** The whole pipeline as the services report it. */
function pipeline(
  changes: { [id: string]: Partial<Step> } = {},
  state: RunState = 'succeeded',
): RunPart[] {
  const change = (s: Step): Step => ({ ...s, ...changes[s.id] });
  const root = `mwaa:DAG run:${runKey}`;
  const task = (name: string, from: number, to: number) =>
    step(`mwaa:task:${name}`, { parent: root, from, to });
  const execution = `stepfunctions:execution:${runKey}`;
  const inState = (name: string, from: number, to: number) =>
    step(`stepfunctions:state:${name}`, { parent: execution, from, to });
  const parts: RunPart[] = [
    {
      partOf: { runKey },
      lead: { id: runKey, state, trigger: 'manual' },
      steps: [
        step(root, { from: 0, to: 100, state }),
        task('create_cluster', 1, 2),
        task('preprocess_movies', 3, 20),
        task('start_execution', 21, 90),
      ],
    },
    {
      partOf: { runKey },
      steps: [
        step('emr:cluster:j-1', { from: 2, to: 95 }),
        step('emr:step:preprocess_movies', {
          parent: 'emr:cluster:j-1',
          from: 4,
          to: 19,
        }),
        step('emr:step:by_hand', { parent: 'emr:cluster:j-1', from: 5, to: 6 }),
      ],
    },
    {
      partOf: { runKey },
      lead: { id: runKey, state: 'succeeded', trigger: 'execution' },
      steps: [
        step(execution, { from: 22, to: 89 }),
        inState('StartGlueJob', 23, 24),
        inState('WaitForGlueJob', 24, 60),
        inState('StartCrawler [0]', 61, 62),
      ],
    },
    {
      partOf: { runKey },
      steps: [step('glue:job run:jr_1', { from: 24, to: 60 })],
    },
    {
      partOf: 'by time',
      steps: [step('glue:crawl:curated', { from: 62, to: 80 })],
    },
  ];
  return parts.map(part => ({ ...part, steps: part.steps.map(change) }));
}

const parents = (run: Run) =>
  Object.fromEntries(run.steps.map(s => [s.id, s.parent]));

describe('joinRuns', () => {
  it('makes one tree of all services', () => {
    const [run, ...others] = joinRuns(pipeline());
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      id: runKey,
      trigger: 'manual',
      state: 'succeeded',
      startedAt: at(0),
      endedAt: at(100),
      firstFailure: undefined,
    });
    const root = `mwaa:DAG run:${runKey}`;
    expect(parents(run)).toEqual({
      [root]: undefined,
      'mwaa:task:create_cluster': root,
      'mwaa:task:preprocess_movies': root,
      'mwaa:task:start_execution': root,
      'emr:cluster:j-1': 'mwaa:task:create_cluster',
      'emr:step:preprocess_movies': 'mwaa:task:preprocess_movies',
      'emr:step:by_hand': 'emr:cluster:j-1',
      [`stepfunctions:execution:${runKey}`]: 'mwaa:task:start_execution',
      'stepfunctions:state:StartGlueJob': `stepfunctions:execution:${runKey}`,
      'stepfunctions:state:WaitForGlueJob': `stepfunctions:execution:${runKey}`,
      'stepfunctions:state:StartCrawler [0]': `stepfunctions:execution:${runKey}`,
      'glue:job run:jr_1': 'stepfunctions:state:StartGlueJob',
      'glue:crawl:curated': 'stepfunctions:state:StartCrawler [0]',
    });
    expect(run.steps[0].id).toBe(root);
  });

  it('names as cause the leaf that failed first, not the tasks above it', () => {
    const failed = (to: number): Partial<Step> => ({
      state: 'failed',
      endedAt: at(to),
    });
    const [run] = joinRuns(
      pipeline(
        {
          'mwaa:task:start_execution': failed(90),
          [`stepfunctions:execution:${runKey}`]: failed(89),
          'stepfunctions:state:StartCrawler [0]': failed(62),
          'glue:job run:jr_1': failed(60),
        },
        'failed',
      ),
    );
    expect(run.firstFailure).toBe('glue:job run:jr_1');
  });

  it('finds no cause where a second try made it good', () => {
    const [run] = joinRuns(
      pipeline({ 'glue:job run:jr_1': { state: 'failed' } }),
    );
    expect(run.firstFailure).toBeUndefined();
  });

  it('makes an execution that no DAG run started a run of its own', () => {
    const runs = joinRuns(pipeline().slice(2));
    expect(runs).toMatchObject([{ id: runKey, trigger: 'execution' }]);
    expect(runs[0].steps.map(s => s.id)).toContain('glue:crawl:curated');
  });

  it('leaves out what is part of no run', () => {
    expect(
      joinRuns([
        { partOf: 'none', steps: [step('glue:job run:jr_9', { from: 1 })] },
      ]),
    ).toEqual([]);
    const early: RunPart = {
      partOf: 'by time',
      steps: [step('glue:crawl:curated', { from: 0 })],
    };
    const [run] = joinRuns([...pipeline().slice(0, 4), early]);
    expect(run.steps.map(s => s.kind)).not.toContain('crawl');
  });

  /** A DAG run from minute to minute, and an execution as the DAG starts it. */
  const dagRun = (id: string, from: number, to?: number, more = {}) => ({
    partOf: { runId: id },
    lead: { id, state: 'succeeded' as RunState, trigger: 'manual', ...more },
    steps: [step(`mwaa:DAG run:${id}`, { from: from * 60, to: to && to * 60 })],
  });
  const execution = (name: string, from: number) => ({
    partOf: { runKey: name },
    lead: { id: name, state: 'succeeded' as RunState, trigger: 'execution' },
    steps: [step(`stepfunctions:execution:${name}`, { from: from * 60 })],
  });
  const stepsOf = (runs: Run[]) =>
    Object.fromEntries(
      runs.map(run => [
        run.id,
        run.steps.map(({ id }) => id.split(':').slice(2).join(':')),
      ]),
    );

  it.each([
    ['backfill~1', 'backfill-1'],
    ['a'.repeat(64) + 1, 'a'.repeat(64) + 2],
    ['manual__2026-11-22T10:00:00+00:00', 'manual__2026-11-22T10:00:00-00:00'],
  ])('keeps runs %s and %s apart, whatever the DAG run failed', (a, b) => {
    const [keyA, keyB] = [toRunKey(a), toRunKey(b)];
    const runs = joinRuns([
      dagRun(a, 0, 9, { state: 'failed' }),
      dagRun(b, 10, 19),
      execution(keyA, 1),
      execution(keyB, 11),
    ]);
    expect(stepsOf(runs)).toEqual({
      [a]: [a, keyA],
      [b]: [b, keyB],
    });
    expect(runs.map(({ state }) => state)).toEqual(['succeeded', 'failed']);
  });

  it.each([
    ['backfill~1', 'backfill-1', 'backfill-1'],
    ['backfill~1', 'backfill_1', 'backfill-1'],
    ['a'.repeat(64) + 1, 'a'.repeat(64) + 2, 'a'.repeat(64)],
  ])(
    'joins %s and %s of a project of before, whose key is %s, by time',
    (a, b, key) => {
      const first = execution(key, 1);
      expect(
        stepsOf(joinRuns([dagRun(a, 0, 9), dagRun(b, 10, 19), first])),
      ).toEqual({ [a]: [a, key], [b]: [b] });
      const second = execution(key, 11);
      expect(
        stepsOf(joinRuns([dagRun(a, 0, 9), dagRun(b, 10, 19), second])),
      ).toEqual({ [a]: [a], [b]: [b, key] });
    },
  );

  it('joins a run of a project of before by its former key', () => {
    const id = 'manual__2026-11-22T10:00:00+00:00';
    const key = 'manual--2026-11-22T10-00-00-00-00';
    expect(stepsOf(joinRuns([dagRun(id, 0), execution(key, 1)]))).toEqual({
      [id]: [id, key],
    });
    // of a run that Airflow no longer lists
    expect(stepsOf(joinRuns([dagRun(id, 10), execution(key, 1)]))).toEqual({
      [id]: [id],
      [key]: [key],
    });
  });

  it('joins by the run id where the service knows it, whatever the key', () => {
    const cluster = {
      partOf: { runId: 'backfill~1' },
      steps: [step('emr:cluster:j-1', { from: 700 })],
    };
    expect(
      stepsOf(
        joinRuns([
          dagRun('backfill~1', 0, 9),
          dagRun('backfill-1', 10),
          cluster,
        ]),
      ),
    ).toEqual({
      'backfill~1': ['backfill~1', 'j-1'],
      'backfill-1': ['backfill-1'],
    });
    for (const key of listRunKeys('backfill~1')) {
      expect(stepsOf(joinRuns([execution(key, 1), cluster]))).toEqual({
        [key]: [key, 'j-1'],
      });
    }
  });
});

describe('joinRuns, of any parts', () => {
  const anyParts = fc.array(anyPart, { maxLength: 8 });

  it('gives trees: one root, every parent there, no circle, no step twice', () => {
    fc.assert(
      fc.property(anyParts, found => {
        for (const run of joinRuns(found)) {
          const byId = new Map(run.steps.map(s => [s.id, s]));
          expect(byId.size).toBe(run.steps.length);
          expect(run.steps.filter(s => !s.parent)).toEqual([run.steps[0]]);
          for (const s of run.steps) {
            let top: Step | undefined = s;
            for (let depth = 0; top?.parent; depth++) {
              expect(depth).toBeLessThan(run.steps.length);
              top = byId.get(top.parent);
            }
            expect(top).toBe(run.steps[0]);
          }
        }
      }),
    );
  });

  it('has a cause exactly where the run failed and a step did, and it is a leaf', () => {
    fc.assert(
      fc.property(anyParts, found => {
        for (const run of joinRuns(found)) {
          const failed = run.steps.filter(s => s.state === 'failed');
          expect(run.firstFailure !== undefined).toBe(
            run.state === 'failed' && failed.length > 0,
          );
          expect(
            failed.some(s => s.parent === run.firstFailure && run.firstFailure),
          ).toBe(false);
        }
      }),
    );
  });

  it('does not depend on which service answered first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyPart, {
          maxLength: 8,
          selector: ({ steps }) => steps[0].id,
        }),
        found => {
          expect(joinRuns([...found].reverse())).toEqual(joinRuns(found));
        },
      ),
    );
  });

  it('loses no step of a run that a part leads', () => {
    fc.assert(
      fc.property(anyParts, found => {
        const runs = new Map(joinRuns(found).map(run => [run.id, run]));
        for (const { partOf, steps } of found) {
          const run =
            typeof partOf === 'object' &&
            runs.get('runKey' in partOf ? partOf.runKey : partOf.runId);
          const joined = run ? run.steps : steps;
          const ids = steps.map(({ id }) => id);
          expect(joined.map(({ id }) => id)).toEqual(
            expect.arrayContaining(ids),
          );
        }
      }),
    );
  });

  it('gives each run once', () => {
    fc.assert(
      fc.property(anyParts, found => {
        const ids = joinRuns(found).map(run => run.id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
