import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escalations, type Escalation } from '../permissions/escalations';
import { list, matches, refusal, type Policy } from '../permissions/policy';
import { printedPolicy } from '../permissions/printed';
import { attempts, placeholders, type Attempt } from '../permissions/targets';

/*
 * Plays every published path of escalation against the policies that the project prints, as an attacker who holds the
 * role: with any name, tag, boundary, policy or service of their choice.
 */
const printed = (...names: string[]) =>
  names.map(name => printedPolicy(name, placeholders));
/** The project that makes its own MWAA environment owns its bucket too. */
const printedOfOwnMwaa = (...names: string[]) =>
  names.map(name =>
    printedPolicy(name, { ...placeholders, 'mwaa-bucket': 'movielens-demo-x' }),
  );
/** What the role that previews may not do, though it has the policy of the deploying role. */
function previewing(): Policy {
  const file = join(__dirname, '../../skeleton/policies');
  const { Resources } = JSON.parse(
    readFileSync(join(file, 'preview-role.template.json'), 'utf8'),
  );
  const [{ PolicyName, PolicyDocument }] =
    Resources.Preview.Properties.Policies;
  const statements = list<Policy['statements'][number]>(
    PolicyDocument.Statement,
  );
  return {
    name: PolicyName,
    statements: statements.map(each => ({ ...each, Action: [] })),
  };
}
const creating = readdirSync(join(__dirname, '../../skeleton/policies'))
  .filter(name => /^cloudformation.*\.json$/.test(name))
  .map(name => name.replace('.json', ''));

const attackers: Record<string, Policy[]> = {
  'the role of Backstage or CI': [
    ...printed('deploy'),
    ...printedOfOwnMwaa('remove-data'),
  ],
  'the role by which CI previews': [...printed('deploy'), previewing()],
  'the service role of CloudFormation, by a hostile template': printedOfOwnMwaa(
    ...creating,
  ),
  'Backstage or CI without a service role': [
    ...printed('deploy'),
    ...printedOfOwnMwaa('remove-data'),
    ...printedOfOwnMwaa(...creating),
  ],
  'the role that observes and starts runs': printed('status', 'run'),
  'a DAG in the MWAA environment': printed('mwaa-execution'),
  'any role of the environment, with all that its boundary leaves': printed(
    'permissions-boundary',
  ),
};

const givenNetwork =
  'a boundary is made before the subnet of the clusters is known, which need not have tags; the role of EMR names it';
const isUnlimited = ({
  action,
  resource,
}: Pick<Attempt, 'action' | 'resource'>) =>
  action in unlimited ||
  `${action} on ${resource.split(':')[5]?.split('/')[0]}` in unlimited;

/**
 * What IAM cannot narrow: action, or action and kind of resource → why it is granted all the same.
 * docs/threat-model.md lists them too.
 */
const unlimited: Record<string, string> = {
  'lakeformation:GrantPermissions':
    'Lake Formation decides itself: only what the service role may grant, which its administrator says',
  'cloudformation:GetTemplateSummary':
    'of a template that no stack has yet it has no resource; of a stack it tells the names of parameters',
  'cloudwatch:PutMetricData': 'metrics have no owner',
  'ec2:CreateNetworkInterface on subnet': givenNetwork,
  'ec2:CreateSecurityGroup on vpc': givenNetwork,
  'ec2:RunInstances on subnet': givenNetwork,
};

describe.each(Object.entries(attackers))('%s', (__, policies) => {
  it.each(escalations.map(path => [path.id, path] as const))(
    'gets no further by %s',
    async (___, path) => {
      expect(await play(path, policies)).toEqual([]);
    },
  );

  it('reaches nothing of others with any action that it is granted', async () => {
    const statements = policies.flatMap(policy => policy.statements);
    const granted = new Set(
      statements
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action }) => list(Action)),
    );
    const services = statements.flatMap(({ Condition }) =>
      list(Condition?.StringEquals?.['iam:PassedToService']),
    );
    const beyond: string[] = [];
    for (const action of granted) {
      for (const service of action === 'iam:PassRole' ? services : ['']) {
        const [first] = await reach(action, policies, service);
        if (first) beyond.push(`${action} on ${first.resource}`);
      }
    }
    expect(beyond).toEqual([]);
  });
});

it.each([
  'cloudformation:CancelUpdateStack',
  'cloudformation:DeleteStack',
  'cloudformation:ExecuteChangeSet',
  's3:DeleteObject',
  's3:PutObject',
  'airflow:InvokeRestApi',
])(
  'the role by which CI previews may not %s, though the deploying one may',
  async action => {
    const deploy = printed('deploy');
    expect(await allowedAttempts(action, deploy)).not.toEqual([]);
    expect(await allowedAttempts(action, [...deploy, previewing()])).toEqual(
      [],
    );
  },
);

it.each(['deploy', 'status', 'run', 'remove-data', ...creating])(
  '%s.json with * for all projects allows what it allows one',
  async name => {
    const one = printedPolicy(name, placeholders);
    const all = printedPolicy(name, {
      ...placeholders,
      ...{ project: '*', environment: '*', database: '*' },
    });
    const lost: string[] = [];
    for (const { Effect, Action } of one.statements) {
      for (const action of Effect === 'Allow' ? list(Action) : []) {
        const [first] = await allowedAttempts(action, [one]);
        if (first && refusal([all], first)) lost.push(action);
      }
    }
    expect(lost).toEqual([]);
  },
);

it.each(escalations.map(path => [path.id, path] as const))(
  'an administrator gets further by %s, so the play is a real one',
  async (__, path) => {
    if (path.actions.some(action => action in unlimited)) return;
    const all: Policy = {
      name: 'AdministratorAccess',
      statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    };
    expect(await play(path, [all])).not.toEqual([]);
  },
);

/** Returns a line for each kind of call that reaches beyond the environment, if all calls of the path are allowed. */
async function play(path: Escalation, policies: Policy[]): Promise<string[]> {
  const beyond: string[] = [];
  for (const action of path.actions) {
    if (action in unlimited) return [];
    const allowed = await allowedAttempts(action, policies, path.passedTo);
    if (allowed.length === 0) return [];
    const [first] = allowed.filter(each => each.isBeyond && !isUnlimited(each));
    if (first) {
      const with_ = JSON.stringify(first.conditions);
      beyond.push(`${path.id}: ${action} on ${first.resource} with ${with_}`);
    }
  }
  return beyond;
}

async function reach(action: string, policies: Policy[], passedTo: string) {
  const allowed = await allowedAttempts(action, policies, passedTo);
  return allowed.filter(each => each.isBeyond && !isUnlimited(each));
}

/** Judges thousands of attempts, each by the statements about its action only. */
async function allowedAttempts(
  action: string,
  policies: readonly Policy[],
  passedTo?: string,
): Promise<Attempt[]> {
  const near = policies.map(({ name, statements }) => ({
    name,
    statements: statements.filter(({ Action, NotAction }) =>
      NotAction
        ? true
        : list(Action).some(pattern => matches(pattern, action, 'i')),
    ),
  }));
  return (await attempts(action, passedTo)).filter(
    attempt => refusal(near, attempt) === undefined,
  );
}
