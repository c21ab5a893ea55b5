import { GetParametersCommand, Parameter } from '@aws-sdk/client-ssm';
import { ObservedResource } from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter, ListedResource } from '../adapter';
import { AdapterReader, goneState } from '../AdapterReader';
import { listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { valueMayBeShown } from './status';

/** GetParameters takes this many names a call. */
const namesPerCall = 10;

/** The parameters that the DAG reads: names, and values that are not secret. */
export const ssm = {
  id: 'ssm',
  resourceTypes: ['AWS::SSM::Parameter'],
  async observe(context) {
    const reader = new AdapterReader(context, 'ssm');
    const listed = listResources(context.stacks, ssm.resourceTypes);
    const resources: ObservedResource[] = [];
    for (let i = 0; i < listed.length; i += namesPerCall) {
      const part = listed.slice(i, i + namesPerCall);
      const found = await reader.attempt(
        {
          what: `reading ${part.length} parameters`,
          action: 'ssm:GetParameters',
        },
        () => readParameters(context, part),
      );
      resources.push(
        ...part.map(resource =>
          found
            ? reader.toResource(resource, toState(found.get(resource.id)))
            : reader.toUnread(resource),
        ),
      );
    }
    return { resources, parts: [], problems: reader.problems };
  },
} satisfies ServiceAdapter;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
async function readParameters(context: ObserveContext, part: ListedResource[]) {
  const { Parameters } = await context.clients.ssm.send(
    new GetParametersCommand({ Names: part.map(p => p.id) }),
    { abortSignal: context.signal },
  );
  return new Map(Parameters?.map(parameter => [parameter.Name!, parameter]));
}

function toState(parameter: Parameter | undefined) {
  if (!parameter) {
    return goneState;
  }
  const type = parameter.Type ?? 'unknown';
  const isMapped = Object.hasOwn(valueMayBeShown, type);
  const shown =
    isMapped && valueMayBeShown[type as keyof typeof valueMayBeShown];
  return {
    health: isMapped ? ('healthy' as const) : ('unknown' as const),
    status: type,
    facts: [
      { label: 'Value', text: shown ? parameter.Value ?? '' : 'not shown' },
    ],
    updatedAt: toTimestamp(parameter.LastModifiedDate),
  };
}
