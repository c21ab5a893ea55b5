import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { EnvironmentStack, type EnvironmentStackProps, nameParameters } from './environment-stack.ts';
import { Outputs } from './outputs.ts';
import { RunEvents } from './run-events.ts';

/**
 * Watches an environment: alarms, a dashboard, and the events of its runs on a queue. It finds what
 * the foundations stack made by name, so neither needs the other's outputs; deploy it second.
 */
export class ObservabilityStack extends EnvironmentStack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps = {}) {
    super(scope, id, { ...props, description: 'A data lake: alarms, dashboard and events of its runs' });
    nameParameters(this);
    const freshnessHours = new CfnParameter(this, 'FreshnessHours', {
      type: 'Number',
      description: 'Alarm when no run has succeeded for so many hours. 0: runs are started by hand.',
      default: 0,
      minValue: 0,
      // CloudWatch looks back seven days at most.
      maxValue: 168,
    }).valueAsNumber;
    const isScheduled = new CfnCondition(this, 'IsScheduled', {
      expression: Fn.conditionNot(Fn.conditionEquals(Fn.ref('FreshnessHours'), '0')),
    });

    const events = new RunEvents(this, 'RunEvents');
    new Alarms(this, 'Alarms', { deadLetterQueue: events.deadLetterQueue, freshnessHours, isScheduled });
    const dashboard = new Dashboard(this, 'Views', { isScheduled });
    new Outputs(this, 'Outputs', {
      DashboardName: { value: dashboard.name },
      RunEventsQueueUrl: { value: events.queueUrl },
      RunEventsQueueArn: { value: events.queueArn },
    });
  }
}
