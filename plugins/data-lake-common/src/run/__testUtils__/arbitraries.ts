import * as fc from 'fast-check';
import { RunState } from '../../state';
import { Run, StepKind } from '../run';
import { RunPart, toPartOf } from '../runPart';
import { makeRun, makeStep } from './makeRun';

export const anyState = fc.constantFrom(...RunState.options);

const second = fc.option(fc.integer({ min: 0, max: 3_600 }), {
  nil: undefined,
});

const anyStep = fc.record({
  n: fc.integer({ min: 0, max: 6 }),
  kind: fc.constantFrom(...StepKind.options),
  name: fc.constantFrom(
    'create_cluster',
    'start_execution',
    'preprocess_movies',
    'StartGlueJob',
    'x',
  ),
  state: anyState,
  from: second,
  to: second,
});

/** A part of any service, of one of three runs, joined by time, or of no run. */
export const anyPart: fc.Arbitrary<RunPart> = fc
  .record({
    runKey: fc.constantFrom(undefined, 'by time', 'k1', 'k2', 'k3'),
    /** The run ids here are their own keys. */
    byId: fc.boolean(),
    service: fc.constantFrom('mwaa', 'emr', 'stepfunctions', 'glue'),
    isLead: fc.boolean(),
    state: anyState,
    steps: fc.array(anyStep, { minLength: 1, maxLength: 8 }),
  })
  .map(({ runKey, byId, service, isLead, state, steps }) => {
    const root = `${service}:${rootKinds[service as 'mwaa']}:${runKey}`;
    const partOf =
      runKey === 'by time'
        ? runKey
        : toPartOf(byId ? { runId: runKey } : { runKey });
    return {
      partOf,
      lead:
        isLead && runKey && typeof partOf === 'object'
          ? {
              id: runKey,
              state,
              trigger: service === 'mwaa' ? 'manual' : 'execution',
            }
          : undefined,
      steps: [
        makeStep(root, { from: 0, state }),
        ...steps.map(({ n, kind, name, ...step }) =>
          makeStep(`${service}:${kind}:${name}${n}`, { ...step, parent: root }),
        ),
      ],
    };
  });

const rootKinds = {
  mwaa: 'DAG run',
  emr: 'cluster',
  stepfunctions: 'execution',
  glue: 'job run',
};

const isDagRun = (run: Run) => run.trigger === 'manual';

/** One and the same run as it is reported at one time: by Airflow, or by its execution alone. */
export const anyReport: fc.Arbitrary<Run> = fc
  .record({
    trigger: fc.constantFrom('manual', 'execution'),
    state: anyState,
    steps: fc.uniqueArray(
      fc.record({
        n: fc.integer({ min: 0, max: 6 }),
        state: anyState,
        from: second,
        to: second,
      }),
      { selector: ({ n }) => n, maxLength: 7 },
    ),
  })
  .map(({ trigger, state, steps }) => {
    const run = makeRun([], { trigger, state });
    const execution = makeStep('stepfunctions:execution:r', { from: 1 });
    const root = isDagRun(run)
      ? makeStep('mwaa:DAG run:r', { from: 0, state })
      : execution;
    const rest = steps.map(({ n, ...step }) =>
      makeStep(`glue:job run:${n}`, { ...step, parent: root.id }),
    );
    return { ...run, steps: [root, ...rest] };
  });
