import { adoptResources, AdoptOptions } from '@data-lake/cloudformation';
import { assertNoGates } from '../gate';
import { ProjectOptions } from '../deploy/projectOptions';
import { toStackDeploymentSpec } from '../deploy/toStackDeploymentSpec';
import { ProjectFiles } from '../spec/readProjectFiles';
import { Adoption, planAdoption } from './planAdoption';

/** What the new stacks of an environment take over, by the stack's name in `project.yaml`. */
export type Adoptions = Record<string, Adoption>;

/**
 * Plans what the new stacks of an environment take over of what earlier ones have left. Changes nothing.
 *
 * @throws ConflictError if something that is there stands in the way of a stack; NotAllowedError if it is another
 * owner's
 */
export async function planAdoptions(
  options: Pick<
    ProjectOptions,
    'clients' | 'files' | 'signal' | 'authorizeBucket'
  >,
): Promise<Adoptions> {
  const adoptions: Adoptions = {};
  for (const stack of options.files.stacks) {
    adoptions[stack.name] = await planAdoption(options, stack);
  }
  const problems = Object.values(adoptions).flatMap(each => each.problems);
  assertNoGates(
    problems.map(problem => ({
      kind: 'conflict',
      message: `Nothing was changed. ${problem}`,
    })),
  );
  return adoptions;
}

/** Makes a stack that takes over what an earlier one has left; the deployment after it makes the rest. */
export async function adoptKept(
  options: ProjectOptions & Omit<AdoptOptions, 'spec' | 'resources'>,
  stack: ProjectFiles['stacks'][number],
  { resources }: Adoption,
): Promise<void> {
  if (resources.length === 0) return;
  await adoptResources({
    ...options,
    spec: toStackDeploymentSpec(options, stack),
    resources,
  });
}
