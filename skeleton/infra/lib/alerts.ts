import { type CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { arn, named } from './names.ts';
import { denyWithoutTls, document, onlyForThisAccount } from './policy.ts';

export interface AlertsProps {
  readonly keyArn: string;
  readonly database: string;
  readonly onEmrServerless: CfnCondition;
  readonly applicationId: string;
  readonly email: string;
  readonly mails: CfnCondition;
}

/**
 * One topic that mails whatever ends a run badly or keeps it from starting. It hears of it twice: from AWS, by the
 * rule and the alarms here, and from the DAG (dags/mwaalib/alerts.py), which alone knows of Airflow's tasks.
 */
export class Alerts extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const { keyArn, email, mails } = props;

    const topic = new CfnTopic(this, 'AlertTopic', { topicName: named('alerts'), kmsMasterKeyId: keyArn });
    new CfnTopicPolicy(this, 'AlertTopicPolicy', {
      topics: [topic.ref],
      policyDocument: document(
        // No condition: EventBridge provides no condition keys for topic policies, and silently drops
        // events that it may not publish.
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sns:Publish'],
          resources: [topic.ref],
        }),
        // For alarms, of the observability stack too.
        new PolicyStatement({
          principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
          actions: ['sns:Publish'],
          resources: [topic.ref],
          conditions: onlyForThisAccount,
        }),
        denyWithoutTls(['sns:Publish'], [topic.ref]),
      ),
    });
    const subscription = new CfnSubscription(this, 'AlertMail', {
      topicArn: topic.ref,
      protocol: 'email',
      endpoint: email,
    });
    subscription.cfnOptions.condition = mails;

    this.topicArn = topic.ref;
    this.addRule(props);
    this.addAirflowAlarms(mails);
  }

  /**
   * Adds the rule for every bad end of an execution, a job run, a crawl, a cluster, a step and an evaluation of data
   * quality. It is one rule, because five would take a twentieth of the template.
   */
  private addRule({ database, onEmrServerless, applicationId }: AlertsProps): void {
    const ofProject = { prefix: Fn.sub('${Project}-${Environment}-') };
    new CfnRule(this, 'BadEndRule', {
      name: named('bad-end'),
      state: 'ENABLED',
      eventPattern: {
        source: ['states', 'glue', 'glue-dataquality', 'emr', 'emr-serverless'].map((each) => `aws.${each}`),
        detail: {
          $or: [
            {
              stateMachineArn: [arn('states', 'stateMachine:${Project}-${Environment}-transform')],
              status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
            },
            { jobName: [named('transform')], state: ['FAILED', 'TIMEOUT', 'STOPPED', 'ERROR', 'EXPIRED'] },
            { crawlerName: [ofProject], state: ['Failed', 'Cancelled', 'Stopped'] },
            { context: { databaseName: [database] }, state: ['FAILED', 'TIMEOUT', 'STOPPED'] },
            { name: [ofProject], state: ['TERMINATED_WITH_ERRORS'] },
            {
              // A step's event names its cluster in the message only: `Step … in Amazon EMR cluster j-… (<name>) failed`.
              message: [{ wildcard: Fn.sub('*(${Project}-${Environment}-*') }],
              state: ['FAILED', 'CANCELLED', 'INTERRUPTED'],
            },
            {
              applicationId: [Fn.conditionIf(onEmrServerless.logicalId, applicationId, 'none')],
              state: ['FAILED', 'CANCELLED'],
            },
          ],
        },
      },
      targets: [{ id: 'alerts', arn: this.topicArn }],
    });
  }

  /**
   * Adds the alarms on what keeps a run from starting, which leaves no trace in any other service.
   * https://docs.aws.amazon.com/mwaa/latest/userguide/access-metrics-cw.html
   */
  private addAirflowAlarms(condition: CfnCondition): void {
    const alarm = (alarmId: string, Function: string, props: AirflowAlarm) => {
      new CfnAlarm(this, alarmId, {
        namespace: 'AmazonMWAA',
        dimensions: Object.entries({ Function, Environment: Fn.ref('MwaaEnvironmentName') }).map(
          ([name, value]) => ({ name, value }),
        ),
        period: 300,
        evaluationPeriods: 2,
        threshold: 1,
        alarmActions: [this.topicArn],
        ...props,
      }).cfnOptions.condition = condition;
    };
    alarm('ImportErrors', 'DAG Processing', {
      alarmName: named('import-errors'),
      alarmDescription: 'Airflow cannot read a DAG file, of this project or another in the environment',
      metricName: 'ImportErrors',
      statistic: 'Maximum',
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    alarm('SchedulerStopped', 'Scheduler', {
      alarmName: named('scheduler-stopped'),
      alarmDescription: 'The scheduler of Airflow sends no heartbeat: no run starts',
      metricName: 'SchedulerHeartbeat',
      statistic: 'Sum',
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'breaching',
    });
  }
}

type AirflowAlarm = Pick<
  CfnAlarmProps,
  'alarmName' | 'alarmDescription' | 'metricName' | 'statistic' | 'comparisonOperator' | 'treatMissingData'
>;
