import { isEndangered, PreviewedResource } from './preview';

type Does = PreviewedResource['does'];

describe('isEndangered', () => {
  it.each<[Does, boolean]>([
    ['added', false],
    ['adopted', false],
    ['changed', false],
    ['perhaps replaced', true],
    ['replaced', true],
    ['removed', true],
  ])('a stateful resource that is %s: %s', (does, expected) => {
    expect(isEndangered({ stateful: true, does })).toBe(expected);
    expect(isEndangered({ stateful: false, does })).toBe(false);
  });

  it('a stateful one that loses its policy, whatever is done to it', () => {
    const changed = { does: 'changed', unprotected: true } as const;
    expect(isEndangered({ stateful: true, ...changed })).toBe(true);
    expect(isEndangered({ stateful: false, ...changed })).toBe(false);
  });
});
