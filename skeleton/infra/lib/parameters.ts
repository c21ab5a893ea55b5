import { CfnCondition, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { nameParameters, ownerParameters, text } from './environment-stack.ts';

/**
 * All values that differ between environments of a project. Everything else in the template is constant, so
 * every account gets the committed template.
 *
 * The patterns have no nested repetition, which could make a backtracking engine hang.
 */
export class Parameters extends Construct {
  readonly releasePrefix: string;
  readonly mwaaEnvironmentName: string;
  readonly mwaaBucketName: string;
  readonly mwaaExecutionRoleName: string;
  readonly alertEmail: string;

  /** The code is uploaded, so Lambdas and the state machine can be created. */
  readonly released: CfnCondition;
  readonly onEmr: CfnCondition;
  readonly onEmrServerless: CfnCondition;
  /** Tables are Parquet files, which crawlers add to the catalog. */
  readonly onParquet: CfnCondition;
  /** Tables are Iceberg tables, which Spark adds to the catalog. */
  readonly onIceberg: CfnCondition;
  readonly grantsLakeFormation: CfnCondition;
  readonly mailsAlerts: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    nameParameters(this);
    ownerParameters(this);
    this.mwaaEnvironmentName = text(this, 'MwaaEnvironmentName', {
      description: 'Existing MWAA environment that runs the DAG.',
      allowedPattern: '^[A-Za-z][A-Za-z0-9_-]{0,79}$',
    });
    this.mwaaBucketName = text(this, 'MwaaBucketName', {
      description: 'Bucket from which the MWAA environment reads its DAGs.',
      allowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
    this.mwaaExecutionRoleName = text(this, 'MwaaExecutionRoleName', {
      description: "Name (not ARN) of the MWAA environment's execution role, which gets another policy.",
      allowedPattern: '^[A-Za-z0-9_+=,.@-]{1,64}$',
    });
    text(this, 'EmrSubnetId', {
      description: 'Subnet of the EMR clusters. Empty: that of the mwaa stack, or of the default VPC.',
      default: '',
      allowedPattern: '^$|^subnet-[0-9a-f]{1,32}$',
    });
    this.addBuckets();
    this.releasePrefix = text(this, 'ReleasePrefix', {
      description:
        'releases/<digest>/ in the code bucket. Empty: resources that need uploaded code are not created yet.',
      default: '',
      allowedPattern: '^$|^releases/[A-Za-z0-9][A-Za-z0-9-]{0,127}/$',
    });
    this.addChoices();
    this.alertEmail = text(this, 'AlertEmail', {
      description: 'Address that is told when a run fails, is stopped or cannot start. Empty: no mails.',
      default: '',
      allowedPattern: '^$|^[^@ ]{1,64}@[^@ ]{1,190}$',
    });

    this.released = this.when('Released', Fn.conditionNot(Fn.conditionEquals(Fn.ref('ReleasePrefix'), '')));
    this.onEmr = this.when('OnEmr', Fn.conditionEquals(Fn.ref('Compute'), 'emr'));
    this.onEmrServerless = this.when(
      'OnEmrServerless',
      Fn.conditionEquals(Fn.ref('Compute'), 'emr-serverless'),
    );
    this.onParquet = this.when('OnParquet', Fn.conditionEquals(Fn.ref('TableFormat'), 'parquet'));
    this.onIceberg = this.when('OnIceberg', Fn.conditionEquals(Fn.ref('TableFormat'), 'iceberg'));
    this.grantsLakeFormation = this.when(
      'GrantsLakeFormation',
      Fn.conditionEquals(Fn.ref('LakeFormation'), 'yes'),
    );
    this.mailsAlerts = this.when(
      'MailsAlerts',
      Fn.conditionNot(Fn.conditionEquals(Fn.ref('AlertEmail'), '')),
    );
  }

  private addBuckets(): void {
    text(this, 'DataBucketName', {
      description: 'Existing bucket for the data. Empty: the stack creates one.',
      default: '',
      allowedPattern: '^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
    text(this, 'CodeBucketName', {
      description: 'Existing bucket for releases. Empty: the stack creates one.',
      default: '',
      allowedPattern: '^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
  }

  private addChoices(): void {
    text(this, 'Compute', {
      description: 'Service that runs the Spark steps.',
      default: 'emr',
      allowedValues: ['emr', 'emr-serverless'],
    });
    text(this, 'TableFormat', {
      description: 'parquet: crawlers add the tables to the catalog. iceberg: Spark adds them.',
      default: 'parquet',
      allowedValues: ['parquet', 'iceberg'],
    });
    text(this, 'LakeFormation', {
      description: 'yes: grants Lake Formation permissions to the roles that create and read the tables.',
      default: 'no',
      allowedValues: ['yes', 'no'],
    });
  }

  private when(id: string, expression: ReturnType<typeof Fn.conditionEquals>): CfnCondition {
    return new CfnCondition(this, id, { expression });
  }
}
