import { Fn } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** MWAA would make them itself, and keep everything for ever. */
export class MwaaLogs extends Construct {
  readonly groups: readonly CfnLogGroup[];

  constructor(scope: Construct, id: string, { keyArn }: { keyArn: string }) {
    super(scope, id);
    this.groups = ['DAGProcessing', 'Scheduler', 'Task', 'WebServer', 'Worker'].map(
      (component) =>
        new CfnLogGroup(this, `${component}Log`, {
          logGroupName: Fn.sub(`airflow-\${MwaaEnvironmentName}-${component}`),
          retentionInDays: 30,
          kmsKeyId: keyArn,
        }),
    );
  }
}
