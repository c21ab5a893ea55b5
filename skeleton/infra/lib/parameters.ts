import { CfnCondition, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { nameParameters, ownerParameters, text } from './environment-stack.ts';

/**
 * What differs between two environments of a project. Everything else in the template is the same
 * text, so the committed template is what every account gets.
 *
 * The patterns have no nested repetition: an engine that backtracks could otherwise be made to hang.
 */
export class Parameters extends Construct {
  readonly releasePrefix: string;
  readonly mwaaEnvironmentName: string;
  readonly mwaaBucketName: string;
  readonly mwaaExecutionRoleName: string;
  readonly alertEmail: string;

  /** Code is uploaded: Lambdas and the state machine can be made. */
  readonly released: CfnCondition;
  readonly onEmr: CfnCondition;
  readonly onEmrServerless: CfnCondition;
  /** Tables are Parquet files, which crawlers put into the catalog. */
  readonly onParquet: CfnCondition;
  /** Spark puts the tables into the catalog, as Iceberg. */
  readonly onIceberg: CfnCondition;
  readonly grantsLakeFormation: CfnCondition;
  readonly mailsAlerts: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    nameParameters(this);
    ownerParameters(this);
    this.mwaaEnvironmentName = text(this, 'MwaaEnvironmentName', {
      description: 'The existing MWAA environment that runs the DAG.',
      allowedPattern: '^[A-Za-z][A-Za-z0-9_-]{0,79}$',
    });
    this.mwaaBucketName = text(this, 'MwaaBucketName', {
      description: 'The bucket from which the MWAA environment reads its DAGs.',
      allowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
    this.mwaaExecutionRoleName = text(this, 'MwaaExecutionRoleName', {
      description: "Name, not ARN, of the MWAA environment's execution role; it gets one more policy.",
      allowedPattern: '^[A-Za-z0-9_+=,.@-]{1,64}$',
    });
    this.addBuckets();
    this.releasePrefix = text(this, 'ReleasePrefix', {
      description: 'releases/<digest>/ in the code bucket. Empty: what needs uploaded code is not made yet.',
      default: '',
      allowedPattern: '^$|^releases/[A-Za-z0-9][A-Za-z0-9-]{0,127}/$',
    });
    this.addChoices();
    this.alertEmail = text(this, 'AlertEmail', {
      description: 'Who is mailed when a run fails. Empty: nobody.',
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
      description: 'An existing bucket for the data. Empty: the stack makes one.',
      default: '',
      allowedPattern: '^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
    text(this, 'CodeBucketName', {
      description: 'An existing bucket for releases. Empty: the stack makes one.',
      default: '',
      allowedPattern: '^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
  }

  private addChoices(): void {
    text(this, 'Compute', {
      description: 'Where the Spark steps run.',
      default: 'emr',
      allowedValues: ['emr', 'emr-serverless'],
    });
    text(this, 'TableFormat', {
      description: 'parquet: crawlers put the tables into the catalog. iceberg: Spark does.',
      default: 'parquet',
      allowedValues: ['parquet', 'iceberg'],
    });
    text(this, 'LakeFormation', {
      description: 'yes: grants in Lake Formation to those who make and read the tables.',
      default: 'no',
      allowedValues: ['yes', 'no'],
    });
  }

  private when(id: string, expression: ReturnType<typeof Fn.conditionEquals>): CfnCondition {
    return new CfnCondition(this, id, { expression });
  }
}
