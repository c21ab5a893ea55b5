import { Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import {
  toPseudoParameters,
  ResolvedResource,
  resolveResources,
  findStack,
  StackState,
  HeldResource,
  listStackResources,
  readStackParameters,
  readStackTemplate,
} from '@data-lake/cloudformation';
import { ProjectFiles } from '../project/spec/readProjectFiles';

/** A stack as it is, with what its template says of each resource. */
export interface VerifiedStack extends StackState {
  resources: (HeldResource & { properties: ResolvedResource['properties'] })[];
  parameters: Record<string, string>;
}

/** What the checks look at. */
export interface VerifyContext {
  /** Of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Of the commit that should be deployed. */
  files: ProjectFiles;
  /** By name, such as `foundations`; undefined where there is none. */
  stacks: Map<string, VerifiedStack | undefined>;
  signal?: AbortSignal;
}

/** Reads the stacks once, for all checks. */
export async function readStacks(options: {
  clients: AwsClients;
  files: ProjectFiles;
  signal?: AbortSignal;
}): Promise<VerifyContext['stacks']> {
  const { clients, files, signal } = options;
  const read = await Promise.all(
    files.stacks.map(async ({ name, stackName }) => {
      const stack = await findStack(clients, stackName, signal);
      return [
        name,
        stack && (await readStack({ clients, stack, signal })),
      ] as const;
    }),
  );
  return new Map(read);
}

async function readStack(options: {
  clients: AwsClients;
  stack: StackState;
  signal?: AbortSignal;
}): Promise<VerifiedStack> {
  const { clients, stack, signal } = options;
  const about = { clients, stackId: stack.id, signal };
  const [resources, content, parameters] = await Promise.all([
    listStackResources(about),
    readStackTemplate(about),
    readStackParameters(about),
  ]);
  const resolved = resolveResources(content, {
    ...parameters,
    ...toPseudoParameters(clients.target, stack.name),
    // a reference to a resource is, of what is looked at here, its physical id
    ...Object.fromEntries(
      resources.map(({ logicalId, physicalId }) => [
        logicalId,
        physicalId ?? '',
      ]),
    ),
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

/** The stacks that are there. */
export const presentStacks = ({ stacks }: VerifyContext): VerifiedStack[] =>
  [...stacks.values()].filter(stack => stack !== undefined);

/** Resources of a type, of all stacks. */
export const resourcesOf = (context: VerifyContext, type: string) =>
  presentStacks(context)
    .flatMap(({ resources }) => resources)
    .filter(resource => resource.type === type);
