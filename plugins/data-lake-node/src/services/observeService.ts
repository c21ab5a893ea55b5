import { redactAll } from '@data-lake/aws';
import { ObserveContext, ServiceAdapter, ServiceObservation } from './adapter';

/**
 * Observes one service, and masks secrets in all that it says: causes, messages and names are others' texts,
 * and everything after this is stored, shown and sent. The stacks stay as they are, to look up by.
 *
 * @throws only the reason of `context.signal` once that is aborted
 */
export async function observeService<A extends ServiceAdapter>(
  adapter: A,
  context: ObserveContext,
): Promise<Awaited<ReturnType<A['observe']>>> {
  const observation = await adapter.observe(context);
  const { resources, parts, problems, schedule } = observation;
  const said = { resources, parts, problems, schedule };
  return { ...observation, ...redactAll<ServiceObservation>(said) } as Awaited<
    ReturnType<A['observe']>
  >;
}
