/**
 * Yields the backoff between polls, in milliseconds: short at first, for a local AWS and small stacks;
 * then 5 s, which CloudFormation's rate limits allow. Random by a fifth, so that polls do not align.
 */
export function* backoff(): Generator<number, void> {
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 5_000)) {
    yield pause * (0.8 + Math.random() * 0.4);
  }
}
