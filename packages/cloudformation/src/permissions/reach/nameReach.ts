import { toPartition } from '@data-lake/aws';
import { TemplateResource } from '../../template/evaluateTemplate';
import { toText } from '../../template/json';
import { expandValues } from './isOwn';
import { branchesOf, ReachScope } from './reachScope';
import { isShared } from './sharedResources';

/**
 * Lists the names by which a parameter in Parameter Store would be one of others, one line each: whoever makes it
 * first decides what its readers read.
 */
export function listNameReach(
  { type, properties }: TemplateResource,
  scope: ReachScope,
): string[] {
  const { reservedParameters = [] } = scope.reach;
  if (type !== 'AWS::SSM::Parameter') return [];
  return branchesOf(properties.Name)
    .map(name => expandValues(toText(name), scope))
    .filter(
      name =>
        reservedParameters.some(path => mayBeBelow(name, path)) &&
        !isShared(toArn(name, scope), scope),
    )
    .map(name => `is named ${name}, which is reserved for others`);
}

/** Tells whether a name, in which `${…}` may stand for any text, begins with a path. */
function mayBeBelow(name: string, path: string): boolean {
  const at = name.indexOf('${');
  const known = at < 0 ? name : name.slice(0, at);
  return known.startsWith(path) || (at >= 0 && path.startsWith(known));
}

const toArn = (name: string, { account, region }: ReachScope) =>
  `arn:${toPartition(region)}:ssm:${region}:${account}:parameter${name}`;
