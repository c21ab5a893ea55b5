import type { Policy } from './policy';
import { printedPolicy, templatePolicy } from './printed';
import type { RecordedCall } from './recorded';
import type { Role } from './roles';

/** A caller and its policies. */
export interface Subject {
  /** The app id of its calls. */
  caller: string;
  account: string;
  kind: string;
  policies: Policy[];
  managed: string[];
}

/** App ids of Backstage's own clients → the policies that the project prints for that role. */
const backstage = {
  'backstage-deploy': { kind: 'deploy', policies: ['deploy'] },
  'backstage-status': { kind: 'status', policies: ['status', 'run'] },
};

/**
 * Lists the deployed roles, and those of Backstage with the policies that the project prints for them.
 *
 * @param calls - show which environments were deleted: their roles no longer exist, but Backstage's calls are checked
 */
export function toSubjects(
  roles: readonly Role[],
  place: { account: string; region: string },
  calls: readonly RecordedCall[],
): Subject[] {
  const deployed = roles.map(
    ({ name, kind, policies, managed, parameters }) => ({
      caller: name,
      account: place.account,
      kind,
      managed,
      policies:
        kind === 'mwaa-execution'
          ? [...policies, airflowItself(parameters, place)]
          : policies,
    }),
  );
  const living = roles
    .filter(({ kind }) => kind === 'mwaa-execution')
    .map(({ parameters }) => parameters);
  const environments = [...living, ...toTornDown(calls, living)].map(
    parameters => placeholders(parameters, place),
  );
  const printed = Object.entries(backstage).map(
    ([caller, { kind, policies }]) => ({
      caller,
      account: place.account,
      kind,
      managed: [],
      policies: environments.flatMap(values =>
        policies.map(name => printedPolicy(name, values)),
      ),
    }),
  );
  return [...deployed, ...printed].reduce(addSubject, []);
}

type Parameters = Record<string, string>;

/** Derives the parameters of an environment with a deleted stack from another environment of the project. */
function toTornDown(
  calls: readonly RecordedCall[],
  living: readonly Parameters[],
): Parameters[] {
  return living.flatMap(parameters => {
    const deleted = new RegExp(
      `:stack/${parameters.Project}-([a-z][a-z0-9]{1,7})-foundations/`,
    );
    const names = calls
      .filter(({ action }) => action === 'cloudformation:DeleteStack')
      .map(({ resource }) => deleted.exec(resource)?.[1])
      .filter(name => name !== undefined && name !== parameters.Environment);
    return [...new Set(names)].map(name => ({
      ...parameters,
      Environment: name!,
    }));
  });
}

/** Merges a role that several projects use to one caller, with the policies of all of them. */
function addSubject(subjects: Subject[], more: Subject): Subject[] {
  const same = subjects.find(({ caller }) => caller === more.caller);
  if (!same) return [...subjects, more];
  const both = {
    ...same,
    policies: [...same.policies, ...more.policies],
    managed: [...same.managed, ...more.managed],
  };
  return subjects.map(each => (each === same ? both : each));
}

/** The policy that the stack `mwaa` gives to an execution role; the role of the local environment has none. */
function airflowItself(
  parameters: Record<string, string>,
  { account, region }: { account: string; region: string },
) {
  return templatePolicy('mwaa', 'MwaaExecutionPolicy', {
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::AccountId': account,
    MwaaEnvironmentName: parameters.MwaaEnvironmentName,
    MwaaBucket: parameters.MwaaBucketName,
    'MwaaKey.Arn': `arn:aws:kms:${region}:${account}:key/mwaa`,
  });
}

/** skeleton/policies/README.md */
function placeholders(
  parameters: Record<string, string>,
  { account, region }: { account: string; region: string },
): { account: string; region: string } & Record<string, string> {
  const { Project: project, Environment: environment } = parameters;
  return {
    account,
    region,
    project,
    environment,
    database: `${project}_${environment}`.replaceAll('-', '_'),
    'data-bucket':
      parameters.DataBucketName ||
      `${project}-${environment}-data-${account}-${region}`,
    'code-bucket':
      parameters.CodeBucketName ||
      `${project}-${environment}-code-${account}-${region}`,
    'service-role-arn': `arn:aws:iam::${account}:role/data-lake/${project}-${environment}-cloudformation`,
    'mwaa-bucket': parameters.MwaaBucketName,
    'mwaa-environment': parameters.MwaaEnvironmentName,
    'mwaa-execution-role-arn': `arn:aws:iam::${account}:role/${parameters.MwaaExecutionRoleName}`,
    'dag-path': 'dags',
  };
}
