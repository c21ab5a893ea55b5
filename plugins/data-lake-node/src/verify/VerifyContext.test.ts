import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answeringClients, files } from './__testUtils__/verifyContext';
import { readVerifiedStacks } from './VerifyContext';

const template = readFileSync(
  join(
    __dirname,
    '../../../../skeleton/infra/templates/foundations.template.json',
  ),
  'utf8',
);
const { Resources } = JSON.parse(template);

/** Reads a stack with the template of every project, whose resources are called `my-<logical id>`. */
async function read(parameters: Record<string, string>) {
  const stacks = await readVerifiedStacks({
    files,
    clients: answeringClients({
      DescribeStacks: () => ({
        Stacks: [
          {
            StackId: 'arn:aws:cloudformation:eu-central-1:1:stack/f/1',
            StackName: 'movielens-demo-foundations',
            StackStatus: 'CREATE_COMPLETE',
            Parameters: Object.entries({
              Project: 'movielens',
              Environment: 'demo',
              LakeFormation: 'yes',
              ...parameters,
            }).map(([ParameterKey, ParameterValue]) => ({
              ParameterKey,
              ParameterValue,
            })),
            CreationTime: new Date(0),
          },
        ],
      }),
      ListStackResources: () => ({
        StackResourceSummaries: Object.entries<any>(Resources).map(
          ([LogicalResourceId, { Type }]) => ({
            LogicalResourceId,
            ResourceType: Type,
            PhysicalResourceId: `my-${LogicalResourceId}`,
            ResourceStatus: 'CREATE_COMPLETE',
            LastUpdatedTimestamp: new Date(0),
          }),
        ),
      }),
      GetTemplate: () => ({ TemplateBody: template }),
    }),
  });
  return stacks.get('foundations')!.resources;
}

describe('readVerifiedStacks', () => {
  it.each([
    ['given', 'team-data', 'parquet'],
    ['given', 'team-data', 'iceberg'],
    ['made', '', 'parquet'],
    ['made', '', 'iceberg'],
  ])(
    'knows on what the template grants, on a %s bucket %p with %s',
    async (_, bucket, TableFormat) => {
      const resources = await read({ DataBucketName: bucket, TableFormat });
      const on = resources
        .filter(
          ({ type }) => type === 'AWS::LakeFormation::PrincipalPermissions',
        )
        .map(({ properties }) => properties.Resource)
        .filter(resource => resource !== undefined);
      expect(on.length).toBeGreaterThan(2);
      expect(JSON.stringify(on)).not.toMatch(/\$\{|"(Ref|Fn::\w+)":/);
      const locations = on.filter((each: any) => each.DataLocation);
      expect(locations.length > 0).toBe(bucket !== '');
      for (const location of locations) {
        expect(location).toMatchObject({
          DataLocation: { ResourceArn: 'arn:aws:s3:::team-data' },
        });
      }
    },
  );
});
