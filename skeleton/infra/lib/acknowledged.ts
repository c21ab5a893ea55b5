import { type Stack, Validations } from 'aws-cdk-lib';
import type { StackName } from './stack-names.ts';

type Findings = Record<string, Record<string, string>>;

const lake = (path: string) => `Resource::arn:<AWS::Partition>:s3:::${path}`;
const own = (service: string, resource: string) =>
  `Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}`;

const OBJECTS = 'Objects of one folder of this lake; their keys are not known beforehand.';
const TABLES = "Tables of this lake's own database; crawlers name them after the folders they find.";
const GLUE_LOGS = 'Glue names its log groups itself, after security configuration and role.';
const OLDER_RUNTIME =
  'Python 3.13 on purpose: what the Lambdas are tested with. A newer one is a change to test, not to inherit.';

const ofFoundations: Findings = {
  CrawlerRole: {
    [`IAM5[${lake('<DataBucketParameter.Value>/curated/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/marts/*')}]`]: OBJECTS,
    [`IAM5[${own('glue', 'table/<Database>/*')}]`]: TABLES,
    [`IAM5[${own('logs', 'log-group:/aws-glue/crawlers*')}]`]: GLUE_LOGS,
  },
  JobRole: {
    [`IAM5[${lake('<DataBucketParameter.Value>/curated/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/marts/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/staging/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/tmp/glue/*')}]`]: OBJECTS,
    [`IAM5[${lake('<CodeBucketParameter.Value>/releases/*')}]`]: OBJECTS,
    [`IAM5[${own('logs', 'log-group:/aws-glue/jobs/*')}]`]: GLUE_LOGS,
    'IAM5[Resource::*]': 'Metrics have no ARN; the statement is bound to the namespace Glue.',
  },
  IcebergPolicy: {
    [`IAM5[${own('glue', 'table/<Database>/*')}]`]:
      "Tables of this lake's own database; Spark names them after the project's datasets.",
  },
  SparkPolicy: {
    [`IAM5[${lake('<DataBucketParameter.Value>/raw/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/curated/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/quarantine/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/staging/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/logs/emr/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/logs/emr-serverless/*')}]`]: OBJECTS,
    [`IAM5[${lake('<CodeBucketParameter.Value>/releases/*')}]`]: OBJECTS,
  },
  StateMachineRole: {
    [`IAM5[${own('glue', 'table/<Database>/*')}]`]: TABLES,
    'IAM5[Resource::*]': 'Log deliveries and X-Ray traces have no ARN.',
  },
  StartGlueJobFunction: { L1: OLDER_RUNTIME },
  CheckGlueJobFunction: { L1: OLDER_RUNTIME },
  EmrServiceRole: {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2]':
      'AWS keeps it in step with what EMR calls, and bounds it to resources that are tagged for EMR.',
  },
  MwaaPolicy: {
    [`IAM5[${own('ssm', 'parameter/data-lake/<Project>/<Environment>/*')}]`]:
      'The DAG reads all parameters below its own path.',
    [`IAM5[${own('states', 'execution:<Project>-<Environment>-transform:*')}]`]:
      'An execution is named after its run.',
  },
  MwaaEmrPolicy: {
    [`IAM5[${own('elasticmapreduce', 'cluster/*')}]`]:
      "EMR chooses cluster ids; the statements are bound to this project's tags.",
    'IAM5[Resource::*]':
      "RunJobFlow has no resource before there is a cluster; bound to this project's tags.",
  },
  MwaaEmrServerlessPolicy: {
    [`IAM5[${own('emr-serverless', '/applications/<EmrServerlessApplication>/jobruns/*')}]`]:
      "Job runs of this lake's own application.",
  },
};

/**
 * What cdk-nag finds and we leave, with the reason: stack → logical id → finding of the AWS Solutions
 * rules → why. The test fails on a finding that is not here, and on an entry that is no longer found.
 */
export const acknowledged: Record<StackName, Findings> = {
  foundations: ofFoundations,
  mwaa: {
    MwaaBucket: {
      S1: 'DAGs only, of which CI or Backstage writes each version; the bucket of access logs comes with foundations, later.',
    },
    MwaaExecutionPolicy: {
      'IAM5[Resource::*]':
        'What Airflow asks there has no ARN; metrics are bound to the namespace AmazonMWAA.',
      [`IAM5[${own('logs', 'log-group:airflow-<MwaaEnvironmentName>-*')}]`]:
        "This environment's own log groups.",
      [`IAM5[${lake('<MwaaBucket>/*')}]`]: 'Whatever is in the bucket is there for Airflow to read.',
      'IAM5[Resource::arn:<AWS::Partition>:sqs:<AWS::Region>:*:airflow-celery-*]':
        "The environment's queue is in an account of AWS's, under a name that MWAA chooses.",
    },
    Vpc: {
      VPC7: 'Flow logs are for the account to decide on: they cost by traffic, and hold no content.',
    },
  },
  observability: {},
};

/** Tells the rules of the stack's app what is left on purpose. */
export function acknowledge(stack: Stack, name: StackName) {
  for (const [id, findings] of Object.entries(acknowledged[name])) {
    const construct = stack.node.findAll().find((candidate) => candidate.node.id === id);
    if (!construct) throw new Error(`Acknowledged findings name ${id}, which is not in the stack`);
    for (const [finding, reason] of Object.entries(findings)) {
      Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
    }
  }
}
