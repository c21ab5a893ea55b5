import { GetParametersCommand, Parameter } from '@aws-sdk/client-ssm';
import {
  ObservedResource,
  parameterNames,
  tagKeys,
  toParameterPath,
} from '@data-lake/plugin-data-lake-common';
import {
  ListedResource,
  ObserveContext,
  ServiceAdapter,
  Stack,
} from '../adapter';
import { AdapterReader, goneState } from '../AdapterReader';
import { listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { valueMayBeShown } from './status';

/** GetParameters takes this many names a call. */
const namesPerCall = 10;

/**
 * The parameters of the stacks. Only those that a project's stack makes by contract show their values, which
 * are names and ARNs; of any other only the name leaves AWS's answer.
 */
export const ssm = {
  id: 'ssm',
  resourceTypes: ['AWS::SSM::Parameter'],
  async observe(context) {
    const reader = new AdapterReader(context, 'ssm');
    const listed = listResources(context.stacks, ssm.resourceTypes);
    const shown = listShownNames(context.stacks);
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
            ? reader.toResource(
                resource,
                toState(found.get(resource.id), shown.has(resource.id)),
              )
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

/** `P` and `E` are those of the stack's tags: its own path, never another's. */
function listShownNames(stacks: Stack[]): Set<string> {
  const paths = stacks.flatMap(({ tags }) => {
    const project = tags[tagKeys.project];
    const environment = tags[tagKeys.environment];
    return project && environment ? toParameterPath(project, environment) : [];
  });
  return new Set(
    paths.flatMap(path => parameterNames.map(name => `${path}${name}`)),
  );
}

function toState(parameter: Parameter | undefined, isShown: boolean) {
  if (!parameter) {
    return goneState;
  }
  const type = parameter.Type ?? 'unknown';
  const isMapped = Object.hasOwn(valueMayBeShown, type);
  const shown =
    isShown &&
    isMapped &&
    valueMayBeShown[type as keyof typeof valueMayBeShown];
  return {
    health: isMapped ? ('healthy' as const) : ('unknown' as const),
    status: type,
    facts: [
      { label: 'Value', text: shown ? parameter.Value ?? '' : 'not shown' },
    ],
    updatedAt: toTimestamp(parameter.LastModifiedDate),
  };
}
