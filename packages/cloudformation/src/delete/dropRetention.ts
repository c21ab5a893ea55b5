import { ConflictError, InputError } from '@backstage/errors';
import { findWrongSpec } from '../change/findWrongSpec';
import { DeployOptions, deployStack } from '../operation/deployStack';
import { Caller, DeploymentSpec } from '../stack/deploymentSpec';
import { StackState } from '../stack/stack';
import {
  readStackTemplate,
  readStackTemplateText,
} from '../stack/stackTemplate';
import { asObject } from '../template/json';
import { listMacros } from '../template/macros';
import { parseTemplate } from '../template/parseTemplate';
import { listRetained, withoutRetention } from '../template/withoutRetention';
import { DeletionOptions } from './deletionOptions';

/** Returns the caller of the update that drops retention: the same for every deletion of a stack. */
export const toRetentionCaller = ({
  tokenPrefix,
}: Pick<Caller, 'tokenPrefix'>): Caller => ({
  identity: 'remove',
  tokenPrefix,
});

/**
 * Reads the last update of a stack, after which nothing outlives it.
 *
 * @throws InputError if CloudFormation would not accept the update
 */
export async function readRetentionUpdate(
  options: DeletionOptions,
  stack: StackState,
): Promise<DeploymentSpec> {
  const { clients, stackName, signal, removableKey = 'removable' } = options;
  const source = { clients, stackId: stack.id, signal };
  const text = await readStackTemplateText(source);
  const { body, content } = withoutRetention(text, removableKey);
  const spec: DeploymentSpec = {
    ...toRetentionCaller(options),
    stackName,
    template: parseTemplate(body, {
      // the stack exists: its resources were allowed when they were deployed
      allowedResourceTypes: listTypes(content),
      allowedMacros: listMacros(content),
    }),
    parameters: {},
    tags: stack.tags,
    ownership: options.ownership,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
  };
  const wrong = findWrongSpec(spec, stack);
  if (wrong) {
    throw new InputError(
      `The data of ${stackName} cannot be removed: ${wrong}`,
    );
  }
  return spec;
}

/**
 * Updates a stack so that nothing outlives it.
 *
 * @throws ConflictError if some resource would still outlive the stack
 */
export async function dropRetention(
  options: Pick<
    DeployOptions,
    | 'clients'
    | 'onChangeSet'
    | 'log'
    | 'signal'
    | 'timeoutMinutes'
    | 'operations'
  > & { stackName: string },
  update: DeploymentSpec,
): Promise<void> {
  const { clients, stackName, onChangeSet, log, signal } = options;
  const { stackId } = await deployStack({
    clients,
    spec: update,
    onChangeSet,
    log,
    signal,
    timeoutMinutes: options.timeoutMinutes,
    operations: options.operations,
    // nothing is replaced, but CloudFormation reports a possible replacement for changed tags
    allow: { allowReplacement: true },
  });
  const content = await readStackTemplate({ clients, stackId, signal });
  const left = listRetained(content);
  if (left.length > 0) {
    throw new ConflictError(
      `Nothing of stack ${stackName} was deleted: ${left.join(
        ', ',
      )} would still outlive it, since CloudFormation does not change a deletion policy alone. Change another property of each together with its DeletionPolicy, deploy, and run this again; or delete without removeData`,
    );
  }
}

const listTypes = (content: unknown) =>
  Object.values(asObject(asObject(content).Resources)).map(resource =>
    String(asObject(resource).Type),
  );
