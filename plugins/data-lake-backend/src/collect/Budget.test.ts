import { Budget } from './Budget';

const place = { account: '111122223333', region: 'eu-central-1' };

describe('Budget', () => {
  function create() {
    let time = 0;
    const budget = new Budget({ burst: 3, perSecond: 0.5, now: () => time });
    return { budget, pass: (seconds: number) => (time += seconds * 1_000) };
  }
  const takeAll = (budget: Budget) =>
    [1, 2, 3, 4, 5].filter(() => budget.take(place)).length;

  it('allows a burst, then one at a time as it refills, and never more than the burst', () => {
    const { budget, pass } = create();
    expect(takeAll(budget)).toBe(3);
    pass(1);
    expect(takeAll(budget)).toBe(0);
    pass(1);
    expect(takeAll(budget)).toBe(1);
    pass(3_600);
    expect(takeAll(budget)).toBe(3);
  });

  it('is of each account and region', () => {
    const { budget } = create();
    expect(takeAll(budget)).toBe(3);
    expect(budget.take({ ...place, region: 'us-east-1' })).toBe(true);
  });

  it('counts what was asked for by name, which others then wait for', () => {
    const { budget } = create();
    for (let i = 0; i < 3; i++) budget.overdraw(place);
    expect(budget.take(place)).toBe(false);
  });

  it('lets one wait, until told to stop', async () => {
    const budget = new Budget({ burst: 1, perSecond: 50 });
    const { signal } = new AbortController();
    await budget.wait(place, signal);
    await budget.wait(place, signal);
    const slow = new Budget({ burst: 1, perSecond: 0.001 });
    slow.take(place);
    await expect(slow.wait(place, AbortSignal.timeout(20))).rejects.toThrow(
      /abort/i,
    );
  });
});
