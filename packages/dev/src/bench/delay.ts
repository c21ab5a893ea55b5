/** Runs functions after a delay, in the order in which they were added. */
export class Delay {
  private readonly queue: (() => void)[] = [];
  private readonly ms: number;
  private readonly notBefore: number;

  constructor(ms: number, notBefore: number) {
    this.ms = ms;
    this.notBefore = notBefore;
  }

  after(act: () => void): void {
    this.queue.push(act);
    const open = Math.max(0, this.notBefore - Date.now());
    setTimeout(() => this.queue.shift()!(), open + this.ms);
  }
}
