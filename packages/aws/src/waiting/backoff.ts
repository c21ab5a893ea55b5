/**
 * Yields the backoff between polls, in milliseconds: short at first, for a local AWS and small stacks; then 3 % of
 * the time waited so far, so that the end is seen soon after it comes, but not less than 2 s nor more than 5 s, which
 * CloudFormation's rate limits allow. Random by a tenth, so that polls do not align.
 */
export function* backoff(): Generator<number, void> {
  let waited = 0;
  for (let pause = 100; ; pause = Math.min(pause * 1.6, toMost(waited))) {
    waited += pause;
    yield pause * (0.9 + Math.random() * 0.2);
  }
}

const toMost = (waited: number) =>
  Math.min(Math.max(waited * 0.03, 2_000), 5_000);
