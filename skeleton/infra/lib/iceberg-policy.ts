import type { CfnCondition } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arn, named } from './names.ts';
import { allow, document } from './policy.ts';

export interface IcebergPolicyProps {
  readonly condition: CfnCondition;
  /** Names of the roles of Spark, on EMR and in the Glue job. */
  readonly roles: string[];
}

/**
 * With Iceberg there are no crawlers: Spark itself creates and changes the tables of this lake's database. The
 * policy allows the calls of Iceberg's GlueCatalog for tables that are replaced, never dropped. The roles
 * already have access to the files in S3.
 * https://iceberg.apache.org/docs/1.10.0/aws/#glue-catalog
 */
export class IcebergPolicy extends Construct {
  constructor(scope: Construct, id: string, { condition, roles }: IcebergPolicyProps) {
    super(scope, `${id}s`);
    const policy = new CfnManagedPolicy(this, id, {
      managedPolicyName: named('iceberg'),
      description: 'Glue catalog calls of Iceberg in Spark',
      roles,
      policyDocument: document(
        allow({
          actions: ['glue:CreateTable', 'glue:GetDatabase', 'glue:GetTable', 'glue:UpdateTable'],
          resources: ['catalog', 'database/${Database}', 'table/${Database}/*'].map((kind) =>
            arn('glue', kind),
          ),
        }),
      ),
    });
    policy.cfnOptions.condition = condition;
  }
}
