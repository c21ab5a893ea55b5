import { makePipeline } from '../../__fixtures__/pipelines';
import { isActive } from './usePipeline';

describe('isActive', () => {
  it('is while a run goes on, an observation is under way, or a run is awaited', () => {
    expect(isActive(makePipeline('running'))).toBe(true);
    const observing = makePipeline('healthy');
    observing.environments[0].observing = true;
    expect(isActive(observing)).toBe(true);
    expect(isActive(makePipeline('healthy'), 'run-to-come')).toBe(true);
  });

  it('is not when all is over', () => {
    const healthy = makePipeline('healthy');
    expect(isActive(healthy)).toBe(false);
    const [run] = healthy.environments[0].runs;
    expect(isActive(healthy, run.id)).toBe(false);
    expect(isActive(undefined)).toBe(false);
  });
});
