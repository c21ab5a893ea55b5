import * as fc from 'fast-check';
import { collides } from './collides';

describe('collides', () => {
  it.each([
    ['movielens-demo', 'movielens-demo-prod', true],
    ['movielens-demo', 'movielens-demo-a-prod', true],
    ['movielens-demo', 'movielens-demo2-prod', false],
    ['movielens-demo', 'movielens-prod', false],
    ['movielens-demo', 'movielens-demo', false],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(collides(a, b)).toBe(expected);
    expect(collides(b, a)).toBe(expected);
  });

  it('is true exactly where a pattern of one matches a name of the other', () => {
    const name = fc.stringMatching(/^[ab](-?[ab]){0,3}$/);
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(a !== b);
        const matches = (pattern: string, text: string) =>
          text.startsWith(`${pattern}-`);
        const expected = matches(a, `${b}-x`) || matches(b, `${a}-x`);
        expect(collides(a, b)).toBe(expected);
      }),
    );
  });
});
