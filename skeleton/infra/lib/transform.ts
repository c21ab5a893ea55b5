import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Catalog } from './catalog.ts';
import { arn, CODE_BUCKET, named } from './names.ts';
import { allow, document, onlyForThisAccount, trusts } from './policy.ts';
import { TransformFunction } from './transform-function.ts';

export interface TransformProps {
  readonly keyArn: string;
  readonly released: CfnCondition;
  readonly catalog: Catalog;
}

/** The state machine that builds marts/ from curated/ and updates the catalog, and its two Lambdas. */
export class Transform extends Construct {
  readonly stateMachineArn: string;

  constructor(scope: Construct, id: string, { keyArn, released, catalog }: TransformProps) {
    super(scope, id);
    const jobArn = arn('glue', 'job/${Project}-${Environment}-transform');
    const variables = { GLUE_JOB_NAME: catalog.jobName };
    const start = new TransformFunction(this, 'StartGlueJob', {
      keyArn,
      released,
      source: 'start_glue_job',
      description: 'Starts the Glue job for a run exactly once',
      variables,
      allows: [allow({ actions: ['glue:StartJobRun', 'glue:GetJobRuns'], resources: [jobArn] })],
    });
    const check = new TransformFunction(this, 'CheckGlueJob', {
      keyArn,
      released,
      source: 'check_glue_job',
      description: "Returns the phase of a run's Glue job",
      variables,
      allows: [allow({ actions: ['glue:GetJobRun'], resources: [jobArn] })],
    });

    const role = new CfnRole(this, 'StateMachineRole', {
      roleName: named('state-machine'),
      assumeRolePolicyDocument: trusts('states.amazonaws.com', onlyForThisAccount),
      policies: [{ policyName: 'transform', policyDocument: machineMay(start.arn, check.arn) }],
    });
    const log = new CfnLogGroup(this, 'StateMachineLog', {
      logGroupName: Fn.sub('/aws/vendedlogs/states/${Project}-${Environment}-transform'),
      retentionInDays: 30,
      kmsKeyId: keyArn,
    });
    const machine = new CfnStateMachine(this, 'StateMachine', {
      stateMachineName: named('transform'),
      stateMachineType: 'STANDARD',
      roleArn: role.attrArn,
      // The definition is part of the release: it would take a seventh of the template.
      definitionS3Location: {
        bucket: Fn.sub(CODE_BUCKET),
        key: Fn.sub('${ReleasePrefix}statemachine/transform.asl.json'),
      },
      definitionSubstitutions: {
        StartGlueJobFunctionArn: start.arn,
        CheckGlueJobFunctionArn: check.arn,
        Crawlers: catalog.crawlers,
        DatabaseName: catalog.database,
      },
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: true,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.attrArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    machine.cfnOptions.condition = released;
    // The definition refers to them only by ARN.
    machine.addResourceDependency(start.resource);
    machine.addResourceDependency(check.resource);
    this.stateMachineArn = machine.ref;
  }
}

const machineMay = (startArn: string, checkArn: string) =>
  document(
    allow({ actions: ['lambda:InvokeFunction'], resources: [startArn, checkArn] }),
    allow({
      actions: ['glue:StartCrawler', 'glue:GetCrawler'],
      resources: ['curated', 'marts'].map((name) =>
        arn('glue', `crawler/\${Project}-\${Environment}-${name}`),
      ),
    }),
    allow({
      actions: ['glue:GetTables'],
      resources: ['catalog', 'database/${Database}', 'table/${Database}/*'].map((kind) => arn('glue', kind)),
    }),
    allow({
      // Log deliveries have no ARN: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
      actions: [
        'logs:CreateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:DescribeLogGroups',
        'logs:DescribeResourcePolicies',
        'logs:GetLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:UpdateLogDelivery',
      ],
      resources: ['*'],
    }),
    allow({
      // Traces have no ARN: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
      actions: [
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
        'xray:PutTelemetryRecords',
        'xray:PutTraceSegments',
      ],
      resources: ['*'],
    }),
  );
