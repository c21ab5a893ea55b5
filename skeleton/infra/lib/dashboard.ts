import { type CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type AlarmId, alarmNames } from './alarms.ts';

/** The CloudWatch dashboard: current alarms, results of runs, and causes of the latest failures. */
export class Dashboard extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { isScheduled }: { isScheduled: CfnCondition }) {
    super(scope, id);
    this.name = new CfnDashboard(this, 'Dashboard', {
      dashboardName: Fn.sub('${Project}-${Environment}'),
      dashboardBody: Fn.sub(body, {
        // CloudWatch shows a missing alarm as an error.
        RunsLateAlarm: Fn.conditionIf(
          isScheduled.logicalId,
          Fn.sub(`,"${alarmArn('RunsLate')}"`),
          '',
        ).toString(),
      }),
    }).ref;
  }
}

const NAME = '${Project}-${Environment}';
const ARN = (service: string, resource: string) =>
  `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

interface Widget {
  readonly type: 'alarm' | 'metric' | 'log';
  readonly properties: Record<string, unknown>;
}

type Metric = readonly [namespace: string, name: string, dimension: string, value: string, ...rest: string[]];

const graph = (title: string, metrics: readonly Metric[], stat: string): Widget => ({
  type: 'metric',
  properties: { title, metrics, stat, period: 300, view: 'timeSeries', region: '${AWS::Region}' },
});

const machine = ['StateMachineArn', ARN('states', `stateMachine:${NAME}-transform`)] as const;
const lambdas = ['start-glue-job', 'check-glue-job'] as const;
const job = ['JobName', `${NAME}-transform`, 'JobRunId', 'ALL', 'Type', 'count'] as const;

const alwaysThere = (Object.keys(alarmNames) as AlarmId[]).filter((id) => id !== 'RunsLate');
const alarmArn = (id: AlarmId) => ARN('cloudwatch', `alarm:${NAME}-${alarmNames[id]}`);
const RUNS_LATE = 'runs-late';

const widgets: readonly Widget[] = [
  {
    type: 'alarm',
    properties: {
      title: 'Alarms',
      alarms: [...alwaysThere.map(alarmArn), RUNS_LATE],
    },
  },
  graph(
    'Executions',
    ['Started', 'Succeeded', 'Failed', 'TimedOut', 'Aborted'].map(
      (end) => ['AWS/States', `Executions${end}`, ...machine] as const,
    ),
    'Sum',
  ),
  graph('Execution duration (ms)', [['AWS/States', 'ExecutionTime', ...machine]], 'Maximum'),
  graph(
    'Glue job driver: elapsed time (ms), failed tasks',
    [
      ['Glue', 'glue.driver.aggregate.elapsedTime', ...job],
      ['Glue', 'glue.driver.aggregate.numFailedTasks', ...job],
    ],
    'Sum',
  ),
  graph(
    'Lambda errors',
    lambdas.map((name) => ['AWS/Lambda', 'Errors', 'FunctionName', `${NAME}-${name}`] as const),
    'Sum',
  ),
  graph('Mailed failures', [['AWS/Events', 'TriggeredRules', 'RuleName', `${NAME}-bad-end`]], 'Sum'),
  {
    type: 'log',
    properties: {
      title: 'Causes of failed executions',
      region: '${AWS::Region}',
      view: 'table',
      query: [
        `SOURCE '/aws/vendedlogs/states/${NAME}-transform'`,
        'fields @timestamp, execution_arn, type, details.error, details.cause',
        'filter type like /Failed|TimedOut|Aborted/',
        'sort @timestamp desc',
        'limit 20',
      ].join(' | '),
    },
  },
];

/** Places three widgets in a row, and a log in a row of its own. A row is 24 wide. */
const rows = (...all: readonly Widget[]) =>
  all.map((widget, index) => ({
    ...widget,
    x: (index % 3) * 8,
    y: Math.floor(index / 3) * 6,
    width: widget.type === 'log' ? 24 : 8,
    height: 6,
  }));

const body = JSON.stringify({ widgets: rows(...widgets) }).replace(`,"${RUNS_LATE}"`, '${RunsLateAlarm}');
