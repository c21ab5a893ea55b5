import { untilNextSecond } from './untilNextSecond.ts';

it('ends in a later second than it starts in', async () => {
  const start = Date.now();
  await untilNextSecond();
  expect(Math.floor(Date.now() / 1_000)).toBeGreaterThan(
    Math.floor(start / 1_000),
  );
});
