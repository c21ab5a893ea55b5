import { Fn } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** The log groups of MWAA. MWAA would otherwise create them itself and keep all logs forever. */
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
