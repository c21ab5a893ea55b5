import * as fc from 'fast-check';
import { isOwnedBy, isSameRef, normalizeRef, toOwnership } from './ownership';

const ref = 'component:default/movielens';
const tagged = (entity: string) => ({ 'data-lake:entity': entity });

/** Any entity ref, and the same one in other letter case. */
const respelled = fc
  .stringMatching(/^[a-zA-Z]{1,9}:[a-zA-Z]{1,9}\/[A-Za-z0-9-]{1,20}$/)
  .chain(text =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper): [string, string] => [
        text,
        [...text]
          .map((c, i) => (upper[i] ? c.toUpperCase() : c.toLowerCase()))
          .join(''),
      ]),
  );

describe('isOwnedBy', () => {
  it('compares the tag data-lake:entity with the entity ref', () => {
    expect(isOwnedBy(tagged(ref), ref)).toBe(true);
    expect(isOwnedBy(tagged('component:default/other'), ref)).toBe(false);
    expect(isOwnedBy({ 'data-lake:owner': ref }, ref)).toBe(false);
  });

  it('ignores letter case', () => {
    fc.assert(
      fc.property(respelled, ([a, b]) => {
        expect(isOwnedBy(tagged(a), b)).toBe(true);
        expect(isOwnedBy(tagged(b), a)).toBe(true);
        expect(isSameRef(a, b)).toBe(true);
        expect(normalizeRef(normalizeRef(a))).toBe(normalizeRef(b));
      }),
    );
  });

  it('owns nothing without the tag', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.string()),
        fc.string(),
        (tags, any) => {
          delete tags['data-lake:entity'];
          expect(isOwnedBy(tags, any)).toBe(false);
        },
      ),
    );
  });
});

describe('toOwnership', () => {
  it('lets the entity decide', () => {
    expect(toOwnership(ref)).toEqual([{ key: 'data-lake:entity', value: ref }]);
  });
});
