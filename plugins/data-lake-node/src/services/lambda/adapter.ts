import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { lookUpState, worstHealth } from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter } from '../adapter';
import { AdapterReader } from '../AdapterReader';
import { listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { functionHealth, updateHealth } from './status';

/** The functions of the stacks: state, runtime, last change. */
export const lambda = {
  id: 'lambda',
  resourceTypes: ['AWS::Lambda::Function'],
  async observe(context) {
    const reader = new AdapterReader(context, 'lambda');
    const resources = await reader.describeAll(
      listResources(context.stacks, lambda.resourceTypes),
      resource => ({
        doing: {
          what: `reading function ${resource.id}`,
          action: 'lambda:GetFunctionConfiguration',
        },
        read: () => readFunction(context, resource.id),
      }),
    );
    return { resources, parts: [], problems: reader.problems };
  },
} satisfies ServiceAdapter;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
async function readFunction(context: ObserveContext, name: string) {
  const found = await context.clients.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
    { abortSignal: context.signal },
  );
  const updateFailed =
    lookUpState(updateHealth, found.LastUpdateStatus) === 'failed';
  return {
    name: found.FunctionName ?? name,
    health: worstHealth([
      lookUpState(functionHealth, found.State),
      // A function that was never updated has no such status.
      found.LastUpdateStatus
        ? lookUpState(updateHealth, found.LastUpdateStatus)
        : 'healthy',
    ]),
    status: updateFailed ? 'UpdateFailed' : found.State ?? 'unknown',
    reason: updateFailed ? found.LastUpdateStatusReason : found.StateReason,
    facts: [
      { label: 'Runtime', text: found.Runtime ?? 'container image' },
      { label: 'Memory', text: `${found.MemorySize ?? '?'} MB` },
      { label: 'Time-out', text: `${found.Timeout ?? '?'} s` },
    ],
    updatedAt: toTimestamp(found.LastModified),
  };
}
