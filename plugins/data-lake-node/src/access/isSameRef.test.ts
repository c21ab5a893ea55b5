/** data-lake-common may not import @data-lake/aws, nor the reverse: their two readings of entity refs are held equal here. */
import { isSameRef as isSameAwsRef } from '@data-lake/aws';
import { isSameRef } from '@data-lake/plugin-data-lake-common';
import * as fc from 'fast-check';

const part = fc.constantFrom(
  'group',
  'Group',
  'default',
  'Team-A',
  'team-a',
  'ÄÖ',
);
const ref = fc.oneof(
  fc
    .tuple(part, part, part)
    .map(([kind, space, name]) => `${kind}:${space}/${name}`),
  fc.string(),
);

it('compares entity refs by one rule in both packages', () => {
  fc.assert(
    fc.property(ref, ref, (a, b) => {
      expect(isSameRef(a, b)).toBe(isSameAwsRef(a, b));
    }),
  );
  expect(isSameRef('Group:default/Team-A', 'group:default/team-a')).toBe(true);
});
