import { AwsClients } from '@data-lake/aws';
import type { BroaderPermission } from '../permissions/findBroaderPermissions';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { nestedType } from '../stack/events';
import { NestedChange } from '../stack/nestedChanges';
import { ResourceChange } from '../stack/resourceChange';
import { findStack, readStackParameters } from '../stack/stack';
import {
  readProcessedTemplate,
  readStackTemplate,
} from '../stack/stackTemplate';
import { TemplateState } from '../template/evaluateTemplate';
import { assertAllowedContent } from '../template/parseTemplate';
import { toPseudoParameters } from '../template/toPseudoParameters';
import { listBroader } from './listBroader';

interface NestedSource {
  clients: AwsClients;
  spec: DeploymentSpec;
  resources: readonly ResourceChange[];
  nested?: readonly NestedChange[];
  signal?: AbortSignal;
}

/**
 * Lists the permissions that nested stacks add, whose templates must keep the rules too. A nested stack
 * without a change set of its own may add any.
 *
 * @throws InputError if the template of a nested stack breaks a rule
 */
export async function listNestedBroader(
  source: NestedSource,
): Promise<BroaderPermission[]> {
  const { clients, spec, nested = [] } = source;
  const broader = listUnknown(source);
  for (const each of nested) {
    const { before, after } = await readStates(source, each);
    assertAllowedContent(after.content, spec.template.rules);
    const found = listBroader({
      spec: { ...spec, parameters: {} },
      target: clients.target,
      before,
      after,
    });
    broader.push(
      ...found.map(permission => ({
        ...permission,
        logicalId: `${each.path}/${permission.logicalId}`,
      })),
    );
  }
  return broader;
}

function listUnknown({ resources, nested = [] }: NestedSource) {
  const known = new Set(nested.map(({ path }) => path));
  return resources
    .filter(
      ({ type, does, logicalId }) =>
        type === nestedType && does !== 'removed' && !known.has(logicalId),
    )
    .map(
      ({ logicalId, type }): BroaderPermission => ({
        logicalId,
        type,
        of: 'iam',
        text: 'is a nested stack, of whose changes CloudFormation tells nothing',
        farReaching: true,
      }),
    );
}

async function readStates(
  { clients, signal }: NestedSource,
  { id, stackId, parameters }: NestedChange,
): Promise<{ before?: TemplateState; after: TemplateState }> {
  const former = stackId && (await findStack(clients, stackId, signal));
  // the name of a new nested stack is not known yet
  const pseudo = toPseudoParameters(
    clients.target,
    former ? former.name : '${AWS::StackName}',
  );
  const after = {
    content: await readProcessedTemplate({
      clients,
      stackId,
      changeSetName: id,
      signal,
    }),
    parameters: { ...parameters, ...pseudo },
  };
  if (!former || former.status === 'REVIEW_IN_PROGRESS') return { after };
  const live = { clients, stackId: former.id, signal };
  const present = await readStackParameters(live);
  const content = await readStackTemplate(live);
  return { before: { content, parameters: { ...present, ...pseudo } }, after };
}
