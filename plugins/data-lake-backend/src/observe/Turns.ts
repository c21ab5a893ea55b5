/**
 * Waiting things of several owners, in fair order: each owner has its turn, and within one the first comes
 * first. A key waits once.
 */
export class Turns<T> {
  private readonly owners = new Map<string, Map<string, T>>();

  get(owner: string, key: string): T | undefined {
    return this.owners.get(owner)?.get(key);
  }

  add(owner: string, key: string, value: T): void {
    const own = this.owners.get(owner) ?? new Map<string, T>();
    this.owners.set(owner, own.set(key, value));
  }

  /** Takes the next one; its owner then goes to the end. */
  take(): T | undefined {
    const [owner, own] = this.owners.entries().next().value ?? [];
    if (owner === undefined || own === undefined) return undefined;
    const [key, value] = own.entries().next().value!;
    own.delete(key);
    this.owners.delete(owner);
    if (own.size > 0) this.owners.set(owner, own);
    return value;
  }

  get isEmpty(): boolean {
    return this.owners.size === 0;
  }
}
