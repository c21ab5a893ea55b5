import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { parse } from 'yaml';
import {
  refusedCalls,
  unlistedGrants,
  unusedActions,
  type UnusedGrants,
} from './leastPrivilege';
import { list, type Policy } from './policy';
import { readCalls, type RecordedCall } from './recorded';
import { readRoles } from './roles';
import { toSubjects, type Subject } from './subjects';

/*
 * Compares the calls of whole runs with the permissions of the roles. It needs a local AWS on which pipelines have run
 * (`./dev test permissions` runs them; with all parts it comes last).
 */
const endpoint = process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566';
const place = { account: '000000000000', region: 'us-east-1' };
const client = {
  endpoint,
  region: place.region,
  credentials: { accessKeyId: place.account, secretAccessKey: 'local' },
};
const listed: UnusedGrants = parse(
  readFileSync(join(__dirname, 'unused-grants.yaml'), 'utf8'),
);

let subjects: Subject[];
let calls: RecordedCall[];

beforeAll(async () => {
  calls = await readCalls(endpoint);
  const roles = await readRoles({
    cloudformation: new CloudFormationClient(client),
    iam: new IAMClient(client),
  });
  subjects = toSubjects(roles, place, calls);
});

describe('the roles of the runs', () => {
  it('include all roles of whole runs', () => {
    const running = subjects.filter(({ caller }) =>
      calls.some(call => call.caller === caller),
    );
    expect(running.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'mwaa-execution',
        'emr-ec2',
        'state-machine',
        'start-glue-job',
        'check-glue-job',
        'glue-job',
        'crawler',
        'deploy',
        'status',
      ]),
    );
  });

  it('allow every call that was made', () => {
    expect(refusedCalls(subjects, calls)).toEqual([]);
  });

  it('grant only used permissions, and those listed with a reason', () => {
    expect(unlistedGrants(unusedActions(subjects, calls), listed)).toEqual([]);
    const reasons = Object.values(listed)
      .flat()
      .map(({ reason }) => reason);
    expect(reasons.filter(reason => !reason || reason.length < 20)).toEqual([]);
  });
});

describe('a role with a missing or extra permission', () => {
  const change = (kind: string, edit: (policies: Policy[]) => Policy[]) =>
    subjects.map(subject =>
      subject.kind === kind
        ? { ...subject, policies: edit(structuredClone(subject.policies)) }
        : subject,
    );
  const without = (kind: string, action: string) =>
    change(kind, policies =>
      policies.map(policy => ({
        ...policy,
        statements: policy.statements.map(statement => ({
          ...statement,
          Action: list(statement.Action).filter(each => each !== action),
        })),
      })),
    );

  it.each([
    ['state-machine', 'glue:GetTables', 'catalog'],
    ['mwaa-execution', 'ssm:GetParametersByPath', 'parameter/data-lake/'],
    ['emr-ec2', 's3:DeleteObject', 'data-000000000000-us-east-1/'],
  ])('is named: %s without %s', (kind, action, resource) => {
    const named = refusedCalls(without(kind, action), calls);
    expect(named).not.toEqual([]);
    for (const line of named) expect(line).toContain(` may not ${action} on `);
    expect(named.join()).toContain(resource);
  });

  it('is named: the Spark steps without a prefix that they list', () => {
    const narrowed = change('emr-ec2', policies =>
      JSON.parse(
        JSON.stringify(policies, (key, value) =>
          key === 's3:prefix'
            ? value.filter((each: string) => !each.startsWith('staging'))
            : value,
        ),
      ),
    );
    expect(refusedCalls(narrowed, calls)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /may not s3:ListBucket on .* wants s3:prefix StringLike .*, and it is staging/,
        ),
      ]),
    );
  });

  it('is named if it has an extra grant, or lists a used one', () => {
    const [first] = subjects.filter(({ kind }) => kind === 'crawler');
    const more: Subject = {
      ...first,
      policies: [
        {
          name: 'more',
          statements: [
            { Effect: 'Allow', Action: 'glue:DeleteTable', Resource: '*' },
          ],
        },
      ],
    };
    expect(
      unlistedGrants(unusedActions([...subjects, more], calls), {
        ...listed,
        'state-machine': [
          ...listed['state-machine'],
          { actions: ['glue:GetTables'], reason: 'none' },
        ],
      }).sort(),
    ).toEqual([
      expect.stringContaining(
        'crawler is granted glue:DeleteTable, which no run used',
      ),
      expect.stringContaining(
        'state-machine lists glue:GetTables, which a run used',
      ),
    ]);
  });
});
