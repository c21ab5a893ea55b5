import { Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alerts } from './alerts.ts';
import { Catalog } from './catalog.ts';
import { EmrCompute } from './compute-emr.ts';
import { EmrServerlessCompute } from './compute-emr-serverless.ts';
import { Encryption } from './encryption.ts';
import { EnvironmentStack, type EnvironmentStackProps } from './environment-stack.ts';
import { IcebergPolicy } from './iceberg-policy.ts';
import { LakeFormation } from './lake-formation.ts';
import { MwaaAccess } from './mwaa-access.ts';
import { CODE_BUCKET, DATA_BUCKET } from './names.ts';
import { Outputs } from './outputs.ts';
import { Parameters } from './parameters.ts';
import { ProjectParameters } from './project-parameters.ts';
import { SparkPolicy } from './spark-policy.ts';
import { Storage } from './storage.ts';
import { Transform } from './transform.ts';

/**
 * The required stack of an environment. All values are CloudFormation parameters, so one template
 * serves every environment and account.
 */
export class FoundationsStack extends EnvironmentStack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps = {}) {
    super(scope, id, {
      ...props,
      description: 'A data lake: storage, Glue catalog and job, state machine, roles, and access for MWAA',
    });
    const parameters = new Parameters(this, 'Parameters');
    const { released, onEmr, onEmrServerless, onParquet, onIceberg } = parameters;
    const { keyArn } = new Encryption(this, 'Encryption');
    const storage = new Storage(this, 'Storage', { keyArn });

    const catalog = new Catalog(this, 'Catalog', { keyArn, onParquet, onIceberg });
    const transform = new Transform(this, 'Transform', { keyArn, released, catalog });
    const sparkPolicyArn = new SparkPolicy(this, 'Spark', { keyArn }).arn;
    const emr = new EmrCompute(this, 'Emr', { sparkPolicyArn, condition: onEmr });
    const serverless = new EmrServerlessCompute(this, 'EmrServerless', {
      sparkPolicyArn,
      condition: onEmrServerless,
    });
    new MwaaAccess(this, 'Mwaa', {
      executionRoleName: parameters.mwaaExecutionRoleName,
      keyArn,
      onEmr,
    });
    const sparkRole = (onCluster: string, onServerless: string) =>
      Fn.conditionIf(onEmr.logicalId, onCluster, onServerless).toString();
    new IcebergPolicy(this, 'IcebergPolicy', {
      condition: onIceberg,
      roles: [catalog.jobRole.name, sparkRole(emr.instanceRole.ref, serverless.jobRole.ref)],
    });
    new LakeFormation(this, 'LakeFormationGrants', {
      condition: parameters.grantsLakeFormation,
      onParquet,
      onIceberg,
      database: catalog.database,
      crawlerRoleArn: catalog.crawlerRoleArn,
      jobRoleArn: catalog.jobRole.arn,
      sparkRoleArn: sparkRole(emr.instanceRole.attrArn, serverless.jobRole.attrArn),
    });
    const alerts = new Alerts(this, 'Alerts', {
      keyArn,
      database: catalog.database,
      onEmrServerless,
      applicationId: serverless.applicationId,
      email: parameters.alertEmail,
      mails: parameters.mailsAlerts,
    });

    this.publish({ parameters, keyArn, storage, catalog, transform, emr, serverless, alerts });

    new Outputs(this, 'Outputs', {
      DataBucketName: { value: Fn.sub(DATA_BUCKET) },
      CodeBucketName: { value: Fn.sub(CODE_BUCKET) },
      DatabaseName: { value: catalog.database },
      GlueJobName: { value: catalog.jobName },
      CuratedCrawlerName: { value: catalog.curatedCrawler, condition: onParquet },
      MartsCrawlerName: { value: catalog.martsCrawler, condition: onParquet },
      StateMachineArn: { value: transform.stateMachineArn, condition: released },
      ParameterPath: { value: Fn.sub('/data-lake/${Project}/${Environment}/') },
      MwaaEnvironmentName: { value: parameters.mwaaEnvironmentName },
      MwaaBucketName: { value: parameters.mwaaBucketName },
      DagId: { value: Fn.sub('${Project}-${Environment}') },
    });
  }

  /** Adds the parameters that the DAG reads at run time. */
  private publish(parts: Parts): void {
    const { parameters, keyArn, storage, catalog, transform, emr, serverless, alerts } = parts;
    const { released, releasePrefix, onEmr, onEmrServerless } = parameters;
    const published = new ProjectParameters(this, 'Published');
    published.add('data-bucket', storage.dataBucketName);
    published.add('code-bucket', storage.codeBucketName);
    published.add('database', catalog.database);
    published.add('kms-key-arn', keyArn);
    published.add('alert-topic-arn', alerts.topicArn);
    published.add('release-prefix', releasePrefix, released);
    published.add('state-machine-arn', transform.stateMachineArn, released);
    published.add('emr-service-role', emr.serviceRoleName, onEmr);
    published.add('emr-instance-profile', emr.instanceProfileName, onEmr);
    published.add('emr-serverless-application-id', serverless.applicationId, onEmrServerless);
    published.add('emr-serverless-job-role-arn', serverless.jobRole.attrArn, onEmrServerless);
  }
}

interface Parts {
  readonly parameters: Parameters;
  readonly keyArn: string;
  readonly storage: Storage;
  readonly catalog: Catalog;
  readonly transform: Transform;
  readonly emr: EmrCompute;
  readonly serverless: EmrServerlessCompute;
  readonly alerts: Alerts;
}
