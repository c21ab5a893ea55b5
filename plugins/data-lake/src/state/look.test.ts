import { Health, RunState } from '@data-lake/plugin-data-lake-common';
import { healthLook, runLook } from './look';

describe('looks', () => {
  it('uses green for success and health only', () => {
    const green = (looks: Record<string, { tone: string }>) =>
      Object.keys(looks).filter(key => looks[key].tone === 'succeeded');
    expect(green(runLook)).toEqual(['succeeded']);
    expect(green(healthLook)).toEqual(['healthy']);
  });

  it('gives every state its own shape', () => {
    const shapes = RunState.options.map(state => runLook[state].shape);
    expect(new Set(shapes).size).toBe(RunState.options.length);
    const healths = Health.options.map(health => healthLook[health].shape);
    expect(new Set(healths).size).toBe(Health.options.length);
  });
});
