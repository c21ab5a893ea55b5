import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the clock shows another second. */
export async function untilNextSecond(): Promise<void> {
  const second = toSecond();
  while (toSecond() === second) {
    await sleep(1_000 - (Date.now() % 1_000));
  }
}

const toSecond = () => Math.floor(Date.now() / 1_000);
