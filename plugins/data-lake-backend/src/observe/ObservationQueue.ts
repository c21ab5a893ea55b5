import { AwsTarget } from '@data-lake/aws';
import {
  environmentKey,
  ObservedEnvironment,
} from '@data-lake/plugin-data-lake-common';
import { EnvironmentObserver } from './EnvironmentObserver';
import { RateLimiter } from './RateLimiter';
import { Turns } from './Turns';

interface Waiting {
  environment: ObservedEnvironment;
  observed: Promise<void>;
  start: () => void;
}

/**
 * Has environments observed within the rate of their account and region, the entities of it in turn: however
 * often one is requested, it starves no other.
 */
export class ObservationQueue {
  constructor(
    private readonly options: {
      observer: Pick<EnvironmentObserver, 'observe' | 'isObserving'>;
      rateLimiter: RateLimiter;
    },
  ) {}

  private readonly accounts = new Map<string, Turns<Waiting>>();

  /** Requests an observation, or joins the one that waits or runs. Never rejects. */
  request(environment: ObservedEnvironment): Promise<void> {
    const { observer } = this.options;
    if (observer.isObserving(environment)) return observer.observe(environment);
    const { entityRef } = environment;
    const key = environmentKey(environment);
    const account = toAccountKey(environment);
    const waiting = this.accounts.get(account)?.get(entityRef, key);
    if (waiting) return waiting.observed;
    const added = this.toWaiting(environment);
    const turns = this.accounts.get(account);
    if (turns) {
      turns.add(entityRef, key, added);
    } else {
      const first = new Turns<Waiting>();
      first.add(entityRef, key, added);
      this.accounts.set(account, first);
      void this.work(account, first);
    }
    return added.observed;
  }

  /** Tells whether an observation of the environment waits or runs in this backend. */
  isPending(environment: ObservedEnvironment): boolean {
    const turns = this.accounts.get(toAccountKey(environment));
    const key = environmentKey(environment);
    return (
      turns?.get(environment.entityRef, key) !== undefined ||
      this.options.observer.isObserving(environment)
    );
  }

  private toWaiting(environment: ObservedEnvironment): Waiting {
    const { promise, resolve } = Promise.withResolvers<void>();
    const start = () => resolve(this.options.observer.observe(environment));
    return { environment, observed: promise, start };
  }

  private async work(account: string, turns: Turns<Waiting>): Promise<void> {
    while (!turns.isEmpty) {
      await this.options.rateLimiter.acquire(account);
      turns.take()?.start();
    }
    this.accounts.delete(account);
  }
}

const toAccountKey = ({ account, region }: AwsTarget) => `${account}/${region}`;
