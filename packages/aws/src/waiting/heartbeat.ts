const interval = 30_000;

/** Keeps a log alive: load balancers cut a log stream that is idle for 60 s. @public */
export class Heartbeat {
  private last = Date.now();

  constructor(private readonly log: (line: string) => void) {}

  /** Starts the interval again, after another line was logged. */
  reset(): void {
    this.last = Date.now();
  }

  /** Logs the line, unless one was logged in the last 30 s. */
  beat(line: () => string): void {
    if (Date.now() - this.last < interval) return;
    this.log(line());
    this.reset();
  }
}

/** Calls `tell` every 30 s, for work that has no loop of its own. Returns the function that stops it. @public */
export function startHeartbeat(tell: () => void): () => void {
  const timer = setInterval(tell, interval);
  return () => clearInterval(timer);
}
