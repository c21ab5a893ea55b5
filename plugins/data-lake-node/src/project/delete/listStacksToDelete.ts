import { isOwnedBy } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import {
  foundations,
  sortByStackOrder,
  stackOrder,
  toProjectStackName,
} from '../spec/stackOrder';
import { TeardownRequest, toConfirmation } from './TeardownRequest';

/**
 * Lists the names of an environment's stacks in the order of their deletion, the reverse of their
 * deployment: those that are named, and those beside them that the project has made by choice.
 */
export async function listStacksToDelete(
  options: Pick<TeardownRequest, 'environment' | 'entityRef'> & {
    clients: AwsClients;
    signal?: AbortSignal;
  },
): Promise<string[]> {
  const { clients, environment, entityRef, signal } = options;
  const named = environment.stacks.map(({ name }) => name);
  const prefix = toConfirmation(environment);
  const besides = stackOrder
    .filter(stack => stack !== foundations)
    .map(stack => `${prefix}-${stack}`)
    .filter(name => !named.includes(name));
  const found = await Promise.all(
    besides.map(name => findStack(clients, name, signal)),
  );
  const own = found
    .filter(stack => stack !== undefined)
    .filter(({ tags }) => isOwnedBy(tags, entityRef))
    .map(({ name }) => name);
  return sortByStackOrder([...named, ...own], toProjectStackName).reverse();
}
