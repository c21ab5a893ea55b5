import { makePipeline } from '../../__fixtures__';
import { findFirstFailure } from '@data-lake/plugin-data-lake-common';
import { findCause } from './findCause';

const now = Date.parse('2026-11-22T04:00:00Z');
const failing = () => makePipeline('failed', now).environments[0];

describe('findCause', () => {
  it('finds the step that failed first, since the first failed run in a row', () => {
    const { runs } = failing();
    const cause = findCause(failing());
    expect(cause).toMatchObject({
      by: 'step',
      step: { service: 'glue', name: 'movielens-demo-transform' },
      runs: 2,
      run: { id: runs[0].id },
    });
    const second = findFirstFailure(runs[1])!;
    expect(cause).toMatchObject({ since: second.endedAt });
  });

  it('stays the same while the next run is active', () => {
    const environment = failing();
    const [going] = makePipeline('running', now).environments[0].runs;
    environment.runs.unshift(going);
    expect(findCause(environment)).toMatchObject({ by: 'step', runs: 2 });
  });

  it('finds a resource if no run failed', () => {
    const environment = failing();
    environment.runs = [];
    environment.resources[0].health = 'failed';
    environment.resources[0].reason = 'Resource creation cancelled';
    expect(findCause(environment)).toMatchObject({
      by: 'resource',
      resource: { reason: 'Resource creation cancelled' },
    });
  });

  it('finds nothing if nothing fails', () => {
    expect(
      findCause(makePipeline('healthy', now).environments[0]),
    ).toBeUndefined();
  });

  it('finds the inner failure if the backend names none', () => {
    const run = { ...failing().runs[0], firstFailure: undefined };
    expect(findFirstFailure(run)?.service).not.toBe('mwaa');
  });
});
