import { type Stack, Validations } from 'aws-cdk-lib';
import type { StackName } from './stack-names.ts';

type Findings = Record<string, Record<string, string>>;

const lake = (path: string) => `Resource::arn:<AWS::Partition>:s3:::${path}`;
const own = (service: string, resource: string) =>
  `Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${resource}`;

const OBJECTS = 'Objects of one folder of this lake; their keys are not known in advance.';
const TABLES = "Tables of this lake's own database; crawlers name them after the folders they find.";
const GLUE_LOGS = 'Glue names its log groups itself, after the security configuration and the role.';
const OLDER_RUNTIME =
  'Python 3.13 on purpose: the tests of the Lambdas use it. A newer version must be tested first.';

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
    'IAM5[Resource::*]': 'Metrics have no ARN; the statement is limited to the namespace Glue.',
  },
  IcebergPolicy: {
    [`IAM5[${own('glue', 'table/<Database>/*')}]`]:
      "Tables of this lake's own database; Spark names them after the project's datasets.",
  },
  SparkPolicy: {
    [`IAM5[${lake('<DataBucketParameter.Value>/raw/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/curated/*')}]`]: OBJECTS,
    [`IAM5[${lake('<DataBucketParameter.Value>/marts/*')}]`]: OBJECTS,
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
    [`IAM5[${own('ec2', 'vpc/*')}]`]:
      'EMR makes its security groups in the VPC of the subnet, whose id no parameter tells.',
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2]':
      'AWS keeps this policy up to date with the calls of EMR, and limits it to resources that are tagged for EMR.',
  },
  // cdk-nag does not look into its choices by compute; test/iam.test.ts does.
  MwaaPolicy: {
    [`IAM5[${own('ssm', 'parameter/data-lake/<Project>/<Environment>/*')}]`]:
      'The DAG reads all parameters below its own path.',
    [`IAM5[${own('states', 'execution:<Project>-<Environment>-transform:*')}]`]:
      'The name of an execution is the run key.',
  },
};

/**
 * Accepted findings of the AWS Solutions rules of cdk-nag: stack → logical id → finding → reason. The test
 * fails on a finding that is not listed, and on an entry that cdk-nag no longer finds.
 */
export const acknowledged: Record<StackName, Findings> = {
  foundations: ofFoundations,
  mwaa: {
    MwaaBucket: {
      S1: 'The bucket holds only DAGs, whose versions CI or Backstage writes; the bucket for access logs is created later, by foundations.',
    },
    MwaaExecutionPolicy: {
      'IAM5[Resource::*]':
        'These calls of Airflow have no ARN; metrics are limited to the namespace AmazonMWAA.',
      [`IAM5[${own('logs', 'log-group:airflow-<MwaaEnvironmentName>-*')}]`]:
        "This environment's own log groups.",
      [`IAM5[${lake('<MwaaBucket>/*')}]`]: 'All objects in the bucket are for Airflow to read.',
      'IAM5[Resource::arn:<AWS::Partition>:sqs:<AWS::Region>:*:airflow-celery-*]':
        "The environment's queue is in an account of AWS, with a name that MWAA chooses.",
    },
    Vpc: {
      VPC7: 'Flow logs are a decision of the account: they cost money by traffic, and contain no content.',
    },
  },
  observability: {},
};

/** Acknowledges the accepted findings of the stack, so that the rules do not report them. */
export function acknowledge(stack: Stack, name: StackName) {
  for (const [id, findings] of Object.entries(acknowledged[name])) {
    const construct = stack.node.findAll().find((candidate) => candidate.node.id === id);
    if (!construct) throw new Error(`Acknowledged findings name ${id}, which is not in the stack`);
    for (const [finding, reason] of Object.entries(findings)) {
      Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
    }
  }
}
