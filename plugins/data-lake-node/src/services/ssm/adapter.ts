import { GetParametersCommand, Parameter } from '@aws-sdk/client-ssm';
import { Resource } from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter, StackResource } from '../adapter';
import { reading } from '../reading';
import { listResources } from '../stackIndex';
import { toTimestamp } from '../timestamp';
import { valueMayBeShown } from './status';

/** Names a call of GetParameters may ask for. */
const namesPerCall = 10;

/** The parameters that the DAG reads: names, and values that are no secret. */
export const ssm = {
  id: 'ssm',
  resourceTypes: ['AWS::SSM::Parameter'],
  async observe(context) {
    const { attempt, failed, toResource, problems } = reading(context, 'ssm');
    const wanted = listResources(context.stacks, ssm.resourceTypes);
    const resources: Resource[] = [];
    for (let i = 0; i < wanted.length; i += namesPerCall) {
      const part = wanted.slice(i, i + namesPerCall);
      const found = await attempt(
        {
          what: `reading ${part.length} parameters`,
          action: 'ssm:GetParameters',
        },
        () => readParameters(context, part),
      );
      resources.push(
        ...part.map(resource =>
          found
            ? toResource(resource, toState(found.get(resource.id)))
            : failed(resource),
        ),
      );
    }
    return { resources, traces: [], problems };
  },
} satisfies ServiceAdapter;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
async function readParameters(context: ObserveContext, part: StackResource[]) {
  const { Parameters } = await context.clients.ssm.send(
    new GetParametersCommand({ Names: part.map(p => p.id) }),
    { abortSignal: context.signal },
  );
  return new Map(Parameters?.map(parameter => [parameter.Name!, parameter]));
}

function toState(parameter: Parameter | undefined) {
  if (!parameter) {
    return {
      health: 'gone' as const,
      status: 'not found',
      reason: 'The stack made it, and it is not there any more',
      facts: [],
    };
  }
  const type = parameter.Type ?? 'unknown';
  const learnt = Object.hasOwn(valueMayBeShown, type);
  const shown = learnt && valueMayBeShown[type as keyof typeof valueMayBeShown];
  return {
    health: learnt ? ('healthy' as const) : ('unknown' as const),
    status: type,
    facts: [
      { label: 'Value', text: shown ? parameter.Value ?? '' : 'not shown' },
    ],
    updatedAt: toTimestamp(parameter.LastModifiedDate),
  };
}
