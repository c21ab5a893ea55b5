import { makePipeline } from '../../__fixtures__';
import { isChanging } from './usePipeline';

describe('isChanging', () => {
  it('is true during a run or an observation, and until a started run is listed', () => {
    expect(isChanging(makePipeline('running'))).toBe(true);
    const observing = makePipeline('healthy');
    observing.environments[0].observing = true;
    expect(isChanging(observing)).toBe(true);
    expect(isChanging(makePipeline('healthy'), 'run-to-come')).toBe(true);
  });

  it('is false when all runs have ended', () => {
    const healthy = makePipeline('healthy');
    expect(isChanging(healthy)).toBe(false);
    const [run] = healthy.environments[0].runs;
    expect(isChanging(healthy, run.id)).toBe(false);
    expect(isChanging(undefined)).toBe(false);
  });
});
