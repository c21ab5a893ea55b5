import * as fc from 'fast-check';
import { findRollbackGates } from './findRollbackGates';
import { RollbackPlan } from './planRollback';

const planOf = (
  prefixes: string[],
  change: Partial<RollbackPlan> = {},
): RollbackPlan => ({
  stackName: 'movielens-demo-foundations',
  release: 'releases/1/',
  former: 'releases/2/',
  isStarted: false,
  s3Url: 's3://code/releases/1/',
  releaseState: { is: 'complete' },
  releases: prefixes.map(prefix => ({ prefix })),
  spec: {} as any,
  ...change,
});
const chosen = { from: 'releases/2/', to: 'releases/1/', switches: 2 };

describe('findRollbackGates', () => {
  it.each([
    ['nothing was switched since', ['releases/1/', 'releases/2/']],
    [
      'just the chosen switch was made',
      ['releases/1/', 'releases/2/', 'releases/1/'],
    ],
  ])('is empty if %s', (_, prefixes) => {
    expect(findRollbackGates(planOf(prefixes), chosen)).toEqual([]);
  });

  it.each([
    [
      'another release was deployed',
      ['releases/1/', 'releases/2/', 'releases/3/'],
    ],
    [
      'another caller switched there and back',
      ['releases/1/', 'releases/2/', 'releases/1/', 'releases/2/'],
    ],
  ])('refuses the choice after %s', (_, prefixes) => {
    expect(findRollbackGates(planOf(prefixes), chosen)).toEqual([
      {
        kind: 'conflict',
        message: expect.stringContaining(
          'was switched after this rollback from releases/2/ to releases/1/ was requested',
        ),
      },
    ]);
  });

  it('lets a switch that an earlier try has started continue', () => {
    const plan = planOf(['releases/3/'], { isStarted: true });
    expect(findRollbackGates(plan, chosen)).toEqual([]);
  });

  it.each([
    [{ is: 'missing' }, 'not found', /There is no release at s3:\/\/code/],
    [
      { is: 'incomplete', path: 'a.zip' },
      'conflict',
      /is incomplete: a\.zip is missing or was overwritten/,
    ],
    [{ is: 'incomplete' }, 'conflict', /incomplete: its upload has not ended/],
  ] as const)('refuses a release that is %j', (releaseState, kind, message) => {
    expect(findRollbackGates(planOf([], { releaseState }))).toEqual([
      { kind, message: expect.stringMatching(message) },
    ]);
  });

  it('never lets a choice through after two further switches', () => {
    const anyPrefix = fc.integer({ min: 1, max: 3 }).map(n => `releases/${n}/`);
    const further = fc.array(anyPrefix, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(further, prefixes => {
        const all = ['releases/1/', 'releases/2/', ...prefixes];
        expect(findRollbackGates(planOf(all), chosen)).toHaveLength(1);
      }),
    );
  });
});
