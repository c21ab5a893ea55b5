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
 * the bucket is registered as a location is for them to say; docs/security.md tells what to ask for.
 */
export class LakeFormation extends Construct {
  constructor(scope: Construct, id: string, props: LakeFormationProps) {
    super(scope, id);
    const catalogId = Fn.ref('AWS::AccountId');

    const grant = (
      grantId: string,
      roleArn: string,
      permissions: string[],
      resource: CfnPrincipalPermissions.ResourceProperty,
    ) => {
      const permission = new CfnPrincipalPermissions(this, grantId, {
        principal: { dataLakePrincipalIdentifier: roleArn },
        permissions,
        permissionsWithGrantOption: [],
        resource,
      });
      permission.cfnOptions.condition = props.condition;
    };

    const database = { database: { catalogId, name: props.database } };
    const tables = { table: { catalogId, databaseName: props.database, tableWildcard: {} } };
    grant('CrawlerDatabaseGrant', props.crawlerRoleArn, ['ALTER', 'CREATE_TABLE', 'DESCRIBE'], database);
    grant('CrawlerLocationGrant', props.crawlerRoleArn, ['DATA_LOCATION_ACCESS'], {
      dataLocation: { catalogId, resourceArn: bucketArn(DATA_BUCKET) },
    });
    grant('JobDatabaseGrant', props.jobRoleArn, ['DESCRIBE'], database);
    grant('JobTablesGrant', props.jobRoleArn, ['ALTER', 'DESCRIBE', 'INSERT', 'SELECT'], tables);
  }
}
