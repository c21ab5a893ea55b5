import { backoff } from './backoff';

/** Lists the pauses until so many seconds have been waited. */
function listPauses(seconds: number): number[] {
  const pauses: number[] = [];
  let waited = 0;
  for (const pause of backoff()) {
    pauses.push(pause);
    waited += pause;
    if (waited > seconds * 1_000) return pauses;
  }
  return pauses;
}

describe('backoff', () => {
  it('asks at once whether something small has ended', () => {
    const [first, second, third] = listPauses(1);
    expect(first + second + third).toBeLessThan(600);
  });

  it.each([
    [40, 2.2, 27],
    [100, 3.3, 56],
    [3_600, 6, 1_000],
  ])(
    'sees the end of %s s at most %s s late, in at most %s questions',
    (seconds, late, questions) => {
      const pauses = listPauses(seconds);
      expect(pauses.length).toBeLessThanOrEqual(questions);
      expect(pauses.at(-1)).toBeLessThanOrEqual(late * 1_000);
    },
  );
});
