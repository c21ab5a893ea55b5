import { CfnCondition, Fn, type ICfnConditionExpression } from 'aws-cdk-lib';
import { CfnPrincipalPermissions } from 'aws-cdk-lib/aws-lakeformation';
import { Construct } from 'constructs';
import { bucketArn, DATA_BUCKET } from './names.ts';

export interface LakeFormationProps {
  readonly condition: CfnCondition;
  readonly onParquet: CfnCondition;
  readonly onIceberg: CfnCondition;
  readonly database: string;
  readonly crawlerRoleArn: string;
  readonly jobRoleArn: string;
  /** Role of the Spark steps, on either compute. */
  readonly sparkRoleArn: string;
}

interface Grant {
  /** ARN of a role. */
  readonly to: string;
  readonly may: string[];
  readonly on: CfnPrincipalPermissions.ResourceProperty;
}

/**
 * Grants, and nothing else: the crawlers (with Iceberg, Spark itself) may create tables, and the Glue job may
 * read and change them. DataLakeSettings would replace the account's administrators, and registering a
 * bucket as a location is their decision; docs/security.md says what to ask them for.
 */
export class LakeFormation extends Construct {
  private readonly catalogId = Fn.ref('AWS::AccountId');

  constructor(scope: Construct, id: string, props: LakeFormationProps) {
    super(scope, id);
    const { database: name, crawlerRoleArn, jobRoleArn, sparkRoleArn } = props;
    const { catalogId } = this;
    // A bucket of this stack cannot be registered yet, and Lake Formation accepts grants only on registered
    // locations; for other locations, CREATE_TABLE is enough.
    const isGiven = Fn.conditionNot(Fn.conditionEquals(Fn.ref('DataBucketName'), ''));
    const when = (conditionId: string, ...both: [ICfnConditionExpression, ICfnConditionExpression]) =>
      new CfnCondition(this, conditionId, { expression: Fn.conditionAnd(...both) });
    const toCrawlers = when('GrantsToCrawlers', props.condition, props.onParquet);
    const locationToCrawlers = when('GrantsLocation', toCrawlers, isGiven);
    const toSpark = when('GrantsToSpark', props.condition, props.onIceberg);
    const locationToSpark = when('GrantsLocationToSpark', toSpark, isGiven);

    const database = { database: { catalogId, name } };
    const tables = { table: { catalogId, databaseName: name, tableWildcard: {} } };
    const location = { dataLocation: { catalogId, resourceArn: bucketArn(DATA_BUCKET) } };
    const makes = ['CREATE_TABLE', 'DESCRIBE'];
    const comesTo = ['DATA_LOCATION_ACCESS'];
    const changes = ['ALTER', 'DESCRIBE', 'INSERT', 'SELECT'];
    const crawler = { to: crawlerRoleArn };
    this.grant('CrawlerDatabaseGrant', toCrawlers, { ...crawler, may: ['ALTER', ...makes], on: database });
    this.grant('CrawlerLocationGrant', locationToCrawlers, { ...crawler, may: comesTo, on: location });
    // The creator of a table has all permissions on it.
    const spark = { to: sparkRoleArn };
    this.grant('SparkDatabaseGrant', toSpark, { ...spark, may: makes, on: database });
    // The first step of a run completes a publication that was interrupted, of marts too.
    this.grant('SparkTablesGrant', toSpark, { ...spark, may: changes, on: tables });
    this.grant('SparkLocationGrant', locationToSpark, { ...spark, may: comesTo, on: location });
    const job = { to: jobRoleArn };
    this.grant('JobDatabaseGrant', props.condition, { ...job, may: ['DESCRIBE'], on: database });
    this.grant('JobTablesGrant', props.condition, { ...job, may: changes, on: tables });
    this.grant('JobMartsGrant', toSpark, { ...job, may: ['CREATE_TABLE'], on: database });
    this.grant('JobLocationGrant', locationToSpark, { ...job, may: comesTo, on: location });
  }

  private grant(id: string, condition: CfnCondition, { to, may, on }: Grant) {
    new CfnPrincipalPermissions(this, id, {
      principal: { dataLakePrincipalIdentifier: to },
      permissions: may,
      permissionsWithGrantOption: [],
      resource: on,
    }).cfnOptions.condition = condition;
  }
}
