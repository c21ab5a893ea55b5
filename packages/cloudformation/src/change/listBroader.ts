import { AwsTarget } from '@data-lake/aws';
import {
  BroaderPermission,
  findBroaderPermissions,
} from '../permissions/findBroaderPermissions';
import { findFarReaching } from '../permissions/reach/findFarReaching';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { evaluateTemplate, TemplateState } from '../template/evaluateTemplate';
import { toPseudoParameters } from '../template/toPseudoParameters';
import { toParametersAfter } from './readTemplateStates';

/** A change of a stack's template. */
interface TemplateChange {
  spec: DeploymentSpec;
  target: AwsTarget;
  /** Absent for a new stack. */
  before?: TemplateState;
  after: TemplateState;
}

/** Lists the permissions that a change adds; first what it newly reaches beyond the stack. */
export function listBroader(change: TemplateChange): BroaderPermission[] {
  const { spec, target, before, after } = change;
  const toKey = ({ logicalId, text }: BroaderPermission) =>
    `${logicalId} ${text}`;
  const former = before ? listOfState(spec, target, before) : [];
  const keys = new Set(former.map(toKey));
  const now = listOfState(spec, target, after, spec.parameters);
  return [
    ...now.filter(each => !keys.has(toKey(each))).map(shortened),
    ...findBroaderPermissions(before, after),
  ];
}

/**
 * Lists what a new stack would reach beyond its own resources, without calling AWS. A deployment needs
 * `allowBroaderPermissions` for it.
 *
 * @public
 */
export function listFarReaching(
  spec: Pick<DeploymentSpec, 'stackName' | 'template' | 'parameters' | 'tags'>,
  target: AwsTarget,
): BroaderPermission[] {
  const parameters = {
    ...toParametersAfter(spec, {}),
    ...toPseudoParameters(target, spec.stackName),
  };
  const state = { content: spec.template.content, parameters };
  return listOfState(spec, target, state, spec.parameters).map(shortened);
}

/** A text is shown up to 300 characters; it is compared as a whole. */
const shortened = (each: BroaderPermission): BroaderPermission => ({
  ...each,
  text: each.text.length > 300 ? `${each.text.slice(0, 299)}…` : each.text,
});

/** @param given - values of parameters, which may be dynamic references */
function listOfState(
  { template, tags }: Pick<DeploymentSpec, 'template' | 'tags'>,
  { account, region }: AwsTarget,
  { content, parameters }: TemplateState,
  given: Record<string, string> = {},
): BroaderPermission[] {
  const resources = evaluateTemplate(content, parameters);
  const reach = template.rules.reach ?? {};
  return findFarReaching(
    { account, region, resources, tags, reach },
    { content, given, values: parameters },
  );
}
