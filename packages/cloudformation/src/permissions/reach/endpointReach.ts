import { TemplateResource } from '../../template/evaluateTemplate';
import { asObject, toText } from '../../template/json';
import { isOwn } from './isOwn';
import { branchesOf, isListed, ReachScope } from './reachScope';

/** Lists the endpoints beyond the stack to which a topic would send its messages, one line each. */
export function listEndpointReach(
  { type, properties }: TemplateResource,
  scope: ReachScope,
): string[] {
  return toSubscriptions(type, properties)
    .flatMap(subscription => {
      const { Endpoint } = asObject(subscription);
      // what only CloudFormation knows has no endpoint that can be read
      return Endpoint === undefined ? [subscription] : branchesOf(Endpoint);
    })
    .filter(
      endpoint =>
        !isOwn(endpoint, scope, ['AWS::Lambda::Function', 'AWS::SQS::Queue']) &&
        !isListed(endpoint, scope.reach.allowedEndpoints),
    )
    .map(endpoint => `sends messages to ${toText(endpoint)}`);
}

function toSubscriptions(
  type: string,
  properties: TemplateResource['properties'],
): unknown[] {
  switch (type) {
    case 'AWS::SNS::Subscription':
      return [properties];
    case 'AWS::SNS::Topic':
      return branchesOf(properties.Subscription);
    default:
      return [];
  }
}
