import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnPrincipalPermissions } from 'aws-cdk-lib/aws-lakeformation';
import { Construct } from 'constructs';
import { bucketArn, DATA_BUCKET } from './names.ts';

export interface LakeFormationProps {
  readonly condition: CfnCondition;
  readonly database: string;
  readonly crawlerRoleArn: string;
  readonly jobRoleArn: string;
}

/**
 * Grants, and nothing else. DataLakeSettings would replace the account's administrators, and whether
 * a bucket is registered as a location is for them to say; docs/security.md tells what to ask for.
 */
export class LakeFormation extends Construct {
  constructor(scope: Construct, id: string, props: LakeFormationProps) {
    super(scope, id);
    // A bucket that this very stack makes cannot be registered yet, and Lake Formation takes a grant only
    // on what is; where the location isn't registered, CREATE_TABLE is enough.
    const givenBucket = new CfnCondition(this, 'GrantsLocation', {
      expression: Fn.conditionAnd(
        props.condition,
        Fn.conditionNot(Fn.conditionEquals(Fn.ref('DataBucketName'), '')),
      ),
    });
    const catalogId = Fn.ref('AWS::AccountId');

    const grant = (
      grantId: string,
      roleArn: string,
      permissions: string[],
      resource: CfnPrincipalPermissions.ResourceProperty,
      condition = props.condition,
    ) => {
      const permission = new CfnPrincipalPermissions(this, grantId, {
        principal: { dataLakePrincipalIdentifier: roleArn },
        permissions,
        permissionsWithGrantOption: [],
        resource,
      });
      permission.cfnOptions.condition = condition;
    };

    const database = { database: { catalogId, name: props.database } };
    const tables = { table: { catalogId, databaseName: props.database, tableWildcard: {} } };
    grant('CrawlerDatabaseGrant', props.crawlerRoleArn, ['ALTER', 'CREATE_TABLE', 'DESCRIBE'], database);
    grant(
      'CrawlerLocationGrant',
      props.crawlerRoleArn,
      ['DATA_LOCATION_ACCESS'],
      {
        dataLocation: { catalogId, resourceArn: bucketArn(DATA_BUCKET) },
      },
      givenBucket,
    );
    grant('JobDatabaseGrant', props.jobRoleArn, ['DESCRIBE'], database);
    grant('JobTablesGrant', props.jobRoleArn, ['ALTER', 'DESCRIBE', 'INSERT', 'SELECT'], tables);
  }
}
