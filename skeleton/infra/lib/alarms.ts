import { type CfnCondition } from 'aws-cdk-lib';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { arn, named } from './names.ts';

export interface AlarmsProps {
  readonly deadLetterQueue: string;
  readonly freshnessHours: number;
  readonly isScheduled: CfnCondition;
}

/** Alarm → last part of its name, in the order of the dashboard. */
export const alarmNames = {
  ExecutionsFailed: 'executions-failed',
  ExecutionsTimedOut: 'executions-timed-out',
  BadEnds: 'bad-ends',
  StartGlueJobErrors: 'start-glue-job-errors',
  CheckGlueJobErrors: 'check-glue-job-errors',
  EventsNotDelivered: 'events-not-delivered',
  AlertsNotDelivered: 'alerts-not-delivered',
  RunsLate: 'runs-late',
} as const;

export type AlarmId = keyof typeof alarmNames;

/**
 * The environment's alarms. The rule of the foundations stack already mails each failure of a run, so alarms on
 * failures only show a state; the others send mails to the same topic.
 */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.addRunAlarms();
    this.addLambdaAlarms();
    this.addDeliveryAlarms(props.deadLetterQueue);
    this.addFreshnessAlarm(props);
  }

  private addRunAlarms(): void {
    this.alarm('ExecutionsFailed', {
      alarmDescription: 'The state machine failed. The rule bad-end sends the mail.',
      namespace: 'AWS/States',
      metricName: 'ExecutionsFailed',
      dimensions: [machine],
    });
    this.alarm('ExecutionsTimedOut', {
      alarmDescription: 'The state machine timed out. The rule bad-end sends the mail.',
      namespace: 'AWS/States',
      metricName: 'ExecutionsTimedOut',
      dimensions: [machine],
    });
    // Glue counts failed tasks but not failed runs, and EMR counts neither: so this alarm counts matches of the rule.
    this.alarm('BadEnds', {
      alarmDescription: 'A part of a run failed or was stopped. The rule bad-end sends the mail.',
      namespace: 'AWS/Events',
      metricName: 'TriggeredRules',
      dimensions: [{ name: 'RuleName', value: named('bad-end') }],
    });
  }

  private addLambdaAlarms(): void {
    for (const [alarm, lambda] of [
      ['StartGlueJobErrors', 'start-glue-job'],
      ['CheckGlueJobErrors', 'check-glue-job'],
    ] as const) {
      this.alarm(alarm, {
        alarmDescription: `The Lambda ${lambda} raised an error; the state machine may have retried it.`,
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensions: [{ name: 'FunctionName', value: named(lambda) }],
        alarmActions,
      });
    }
  }

  private addDeliveryAlarms(deadLetterQueue: string): void {
    this.alarm('EventsNotDelivered', {
      alarmDescription: 'Run events could not be delivered, or were received five times and not deleted.',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
      dimensions: [{ name: 'QueueName', value: deadLetterQueue }],
      alarmActions,
    });
    // Its own mail may not arrive either, so the dashboard shows it too.
    this.alarm('AlertsNotDelivered', {
      alarmDescription: 'An alert did not reach a subscriber.',
      namespace: 'AWS/SNS',
      metricName: 'NumberOfNotificationsFailed',
      dimensions: [{ name: 'TopicName', value: named('alerts') }],
      alarmActions,
    });
  }

  private addFreshnessAlarm({ freshnessHours, isScheduled }: AlarmsProps): void {
    this.alarm('RunsLate', {
      alarmDescription: 'No run has succeeded for longer than FreshnessHours.',
      namespace: 'AWS/States',
      metricName: 'ExecutionsSucceeded',
      dimensions: [machine],
      period: 3600,
      evaluationPeriods: freshnessHours,
      comparisonOperator: 'LessThanThreshold',
      // If nothing ran, there is no data.
      treatMissingData: 'breaching',
      alarmActions,
    }).cfnOptions.condition = isScheduled;
  }

  /** Adds an alarm that fires on the first event and ends after five minutes without any. */
  private alarm(id: AlarmId, props: Partial<CfnAlarmProps>): CfnAlarm {
    return new CfnAlarm(this, id, {
      alarmName: named(alarmNames[id]),
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      ...props,
    });
  }
}

const machine = {
  name: 'StateMachineArn',
  value: arn('states', 'stateMachine:${Project}-${Environment}-transform'),
};

const alarmActions = [arn('sns', '${Project}-${Environment}-alerts')];
