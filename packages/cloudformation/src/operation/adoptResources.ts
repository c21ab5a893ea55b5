import { AdoptedResource, isAdoptable } from '../stack/adoptedResource';
import {
  isAdoptionTemplate,
  toAdoptionTemplate,
} from '../stack/adoptionTemplate';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { findStack, StackState } from '../stack/stack';
import { listStackResources, StackResource } from '../stack/stackResources';
import { readStackTemplate } from '../stack/stackTemplate';
import { DeployOptions, deployStack } from './deployStack';

/** Options of `adoptResources`. @public */
export interface AdoptOptions
  extends Omit<DeployOptions, 'spec' | 'allow' | 'previewDigest' | 'wait'> {
  /** The whole stack, of which this makes the beginning. */
  spec: DeploymentSpec;
  /** What to take over. */
  resources: readonly AdoptedResource[];
}

/**
 * Makes a new stack that takes over existing resources as they are, such as those that a deleted stack has left: first
 * the stack with its tags, then the resources. The next deployment of the stack makes the rest, and writes the
 * properties of what was taken over. A stack that has more than taken over is left alone. A retry continues.
 *
 * @throws the errors of `deployStack`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 * @public
 */
export async function adoptResources(options: AdoptOptions): Promise<void> {
  const { clients, spec, resources, signal, log } = options;
  const { stackName } = spec;
  if (resources.length === 0) return;
  if (await isUnmade(options)) {
    log(`Making stack ${stackName}, which then takes over what is there`);
    await deployPart(options, [], []);
  }
  const source = { clients, stackId: stackName, signal };
  if (!isAdoptionTemplate(await readStackTemplate(source))) return;
  const present = (await listStackResources(source)).flatMap(toAdopted);
  const missing = resources.filter(
    ({ physicalId }) => !present.some(each => each.physicalId === physicalId),
  );
  if (missing.length === 0) return;
  for (const { type, physicalId } of missing) {
    log(`Taking over what is there: ${type} ${physicalId}`);
  }
  await deployPart(options, [...present, ...missing], missing);
}

/** A stack whose first create has failed, or has not ended, is made again or followed. */
async function isUnmade({
  clients,
  spec: { stackName },
  signal,
}: AdoptOptions): Promise<boolean> {
  const stack = await findStack(clients, stackName, signal);
  if (!stack || unmade.has(stack.status)) return true;
  if (stack.status !== 'CREATE_IN_PROGRESS') return false;
  const source = { clients, stackId: stack.id, signal };
  return isAdoptionTemplate(await readStackTemplate(source));
}

const unmade: ReadonlySet<StackState['status']> = new Set([
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
]);

async function deployPart(
  options: AdoptOptions,
  all: readonly AdoptedResource[],
  imports: readonly AdoptedResource[],
): Promise<void> {
  await deployStack({
    ...options,
    spec: {
      ...options.spec,
      template: toAdoptionTemplate(options.spec.template, all),
      imports,
    },
  });
}

const toAdopted = ({
  logicalId,
  type,
  physicalId,
}: StackResource): AdoptedResource[] =>
  isAdoptable(type) && physicalId ? [{ logicalId, type, physicalId }] : [];
