import { ServiceUnavailableError } from '@backstage/errors';
import fc from 'fast-check';
import { poll, PollOptions } from './poll';

const lines: string[] = [];
const inMs = (ms: number) => Date.now() + ms;
const pollFor = (options: Partial<PollOptions<number>>) =>
  poll<number>({
    ask: async () => 0,
    until: () => false,
    deadline: inMs(20),
    pauseMs: 1,
    describe: last => `x (${last})`,
    log: line => lines.push(line),
    ...options,
  });

beforeEach(() => {
  lines.length = 0;
});
afterEach(() => jest.restoreAllMocks());

describe('poll', () => {
  it('asks until an answer ends it, and not once more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), async wanted => {
        let asked = 0;
        const answer = await pollFor({
          ask: async () => ++asked,
          until: count => count === wanted,
          deadline: inMs(5_000),
        });
        expect([answer, asked]).toEqual([wanted, wanted]);
      }),
      { numRuns: 20 },
    );
  });

  it('takes an answer that is there already in place of the first question', async () => {
    let asked = 0;
    const ask = async () => ++asked;
    const until = (count: number) => count === 2;
    expect(await pollFor({ ask, until, first: 2 })).toBe(2);
    expect(asked).toBe(0);
    const deadline = inMs(5_000);
    expect(await pollFor({ ask, until, first: 7, deadline })).toBe(2);
    expect(asked).toBe(2);
  });

  it('asks at least once, and once at most after the deadline', async () => {
    const until = fc.integer({ min: -10, max: 15 });
    const pause = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(until, pause, async (ms, pauseMs) => {
        const deadline = inMs(ms);
        const asked: number[] = [];
        const ask = async () => asked.push(Date.now());
        await expect(pollFor({ ask, deadline, pauseMs })).rejects.toThrow(
          /^Timed out waiting for x \(\d+\)\. Run again/,
        );
        expect(asked.length).toBeGreaterThan(0);
        const late = asked.filter(at => at >= deadline);
        expect(late.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
  });

  it('asks nothing after an abort', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 5 }), async questions => {
        const controller = new AbortController();
        if (questions === 0) controller.abort();
        let asked = 0;
        const ask = async () => {
          if (++asked === questions) controller.abort();
          return asked;
        };
        await expect(
          pollFor({ ask, deadline: inMs(5_000), signal: controller.signal }),
        ).rejects.toMatchObject({ name: 'AbortError' });
        expect(asked).toBe(questions);
      }),
      { numRuns: 20 },
    );
  });

  it('tolerates transient errors, and no others', async () => {
    let asked = 0;
    const ask = async () => {
      if (++asked < 3) throw new ServiceUnavailableError('busy');
      return asked;
    };
    expect(await pollFor({ ask, until: () => true })).toBe(3);
    expect(lines).toEqual([
      expect.stringContaining('Trying again: '),
      expect.stringContaining('Trying again: '),
    ]);
    const fail = async () => {
      throw new Error('no');
    };
    await expect(pollFor({ ask: fail })).rejects.toThrow('no');
  });

  it('gives up on transient errors after five minutes', async () => {
    const start = Date.now();
    let asked = 0;
    jest
      .spyOn(Date, 'now')
      .mockImplementation(() => start + asked * 2 * 60_000);
    const ask = async () => {
      asked++;
      throw new ServiceUnavailableError('busy');
    };
    const deadline = start + 60 * 60_000;
    await expect(pollFor({ ask, deadline })).rejects.toThrow(/busy/);
    expect(asked).toBe(4);
  });

  it('logs a line every 30 s, unless the question logs one', async () => {
    const start = Date.now();
    let asked = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => start + asked * 20_000);
    await pollFor({
      ask: async log => {
        if (++asked === 3) log('an event');
        return asked;
      },
      until: count => count === 6,
      deadline: start + 60 * 60_000,
    });
    expect(lines).toEqual([
      'Still waiting for x (2)',
      'an event',
      'Still waiting for x (5)',
    ]);
  });

  it('throws the error of the caller at the deadline', async () => {
    const toTimeoutError = (last?: number) => new Error(`late after ${last}`);
    await expect(
      pollFor({ deadline: inMs(-1), toTimeoutError }),
    ).rejects.toThrow('late after 0');
  });
});
