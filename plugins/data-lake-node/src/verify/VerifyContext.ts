import { Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import {
  toPseudoParameters,
  TemplateResource,
  evaluateTemplate,
  findStack,
  StackState,
  StackResource,
  listStackResources,
  readStackParameters,
  readStackTemplate,
} from '@data-lake/cloudformation';
import { ProjectFiles } from '../project/spec/readProjectFiles';

/** A deployed stack, with the properties that its template gives to each resource. */
export interface VerifiedStack extends StackState {
  resources: (StackResource & { properties: TemplateResource['properties'] })[];
  parameters: Record<string, string>;
}

/** Input of every check. */
export interface VerifyContext {
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Files of the commit that should be deployed. */
  files: ProjectFiles;
  /** Stacks by name, such as `foundations`; undefined for a stack that does not exist. */
  stacks: Map<string, VerifiedStack | undefined>;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/** Reads the stacks of an environment, once for all checks. */
export async function readVerifiedStacks(options: {
  clients: AwsClients;
  files: ProjectFiles;
  signal?: AbortSignal;
}): Promise<VerifyContext['stacks']> {
  const { clients, files, signal } = options;
  const stacks = await Promise.all(
    files.stacks.map(async ({ name, stackName }) => {
      const stack = await findStack(clients, stackName, signal);
      return [
        name,
        stack && (await readStack({ clients, stack, signal })),
      ] as const;
    }),
  );
  return new Map(stacks);
}

async function readStack(options: {
  clients: AwsClients;
  stack: StackState;
  signal?: AbortSignal;
}): Promise<VerifiedStack> {
  const { clients, stack, signal } = options;
  const source = { clients, stackId: stack.id, signal };
  const [resources, template, parameters] = await Promise.all([
    listStackResources(source),
    readStackTemplate(source),
    readStackParameters(source),
  ]);
  const known = {
    ...parameters,
    ...toPseudoParameters(clients.target, stack.name),
    // the checks only read references that stand for a physical id
    ...Object.fromEntries(
      resources.map(({ logicalId, physicalId }) => [
        logicalId,
        physicalId ?? '',
      ]),
    ),
  };
  const resolved = evaluateTemplate(template, {
    ...known,
    ...toParameterValues(evaluateTemplate(template, known)),
  });
  return {
    ...stack,
    parameters,
    resources: resources.map(resource => ({
      ...resource,
      properties: resolved.get(resource.logicalId)?.properties ?? {},
    })),
  };
}

/** Returns the values of a stack's SSM parameters as `Fn::Sub` names them: the templates name buckets so. */
function toParameterValues(
  resources: Map<string, TemplateResource>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [logicalId, { type, properties }] of resources) {
    if (
      type === 'AWS::SSM::Parameter' &&
      typeof properties.Value === 'string'
    ) {
      values[`${logicalId}.Value`] = properties.Value;
    }
  }
  return values;
}

/** Lists the stacks that exist. */
export const listPresentStacks = ({ stacks }: VerifyContext): VerifiedStack[] =>
  [...stacks.values()].filter(stack => stack !== undefined);

/** Lists the resources of a type in all stacks. */
export const listResourcesOfType = (context: VerifyContext, type: string) =>
  listPresentStacks(context)
    .flatMap(({ resources }) => resources)
    .filter(resource => resource.type === type);
