import fc from 'fast-check';
import { isSameRef } from './isSameRef';

describe('isSameRef', () => {
  it('ignores letter case, in both directions', () => {
    const ref = fc.stringMatching(/^[a-zA-Z]+:[a-zA-Z]+\/[\w.-]+$/);
    fc.assert(
      fc.property(ref, any => {
        expect(isSameRef(any, any.toUpperCase())).toBe(true);
        expect(isSameRef(any.toUpperCase(), any)).toBe(true);
        expect(isSameRef(any, `${any}x`)).toBe(false);
      }),
    );
  });
});
