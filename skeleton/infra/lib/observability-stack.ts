import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Dashboard } from './dashboard.ts';
import { EnvironmentStack, type EnvironmentStackProps, nameParameters } from './environment-stack.ts';
import { Outputs } from './outputs.ts';
import { RunEvents } from './run-events.ts';

/**
 * Monitors an environment: alarms, a dashboard, and the events of its runs on a queue. It finds the resources of
 * the foundations stack by name, so neither stack needs the other's outputs; deploy it second.
 */
export class ObservabilityStack extends EnvironmentStack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps = {}) {
    super(scope, id, { ...props, description: 'A data lake: alarms, dashboard and run events' });
    nameParameters(this);
    const freshnessHours = new CfnParameter(this, 'FreshnessHours', {
      type: 'Number',
      description:
        'Hours without a successful run before an alarm fires. 0: never, runs are started by hand.',
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
