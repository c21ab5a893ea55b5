import { Fn } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, CfnQueuePolicy, type CfnQueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { arn, named } from './names.ts';
import { denyWithoutTls, document } from './policy.ts';

/**
 * The events of the environment's runs on a queue, so that tools can follow runs without polling AWS. It is a
 * queue rather than a log group, because an account may have ten resource policies for logs in a region, and
 * every environment would need one.
 *
 * EMR Serverless job runs are missing: their events name the application by its id only, which this stack does not know.
 */
export class RunEvents extends Construct {
  readonly queueUrl: string;
  readonly queueArn: string;
  /** Name of the queue of events that could not be delivered or read. */
  readonly deadLetterQueue: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const dead = this.queue('DeadEventQueue', 'run-events-dead', { messageRetentionPeriod: 14 * DAY });
    const queue = this.queue('RunEventQueue', 'run-events', {
      // Reading the events is optional; for older ones, a reader must call AWS anyway.
      messageRetentionPeriod: 4 * DAY,
      visibilityTimeout: 60,
      redrivePolicy: { deadLetterTargetArn: dead.attrArn, maxReceiveCount: 5 },
    });
    this.queueUrl = queue.ref;
    this.queueArn = queue.attrArn;
    this.deadLetterQueue = dead.attrQueueName;

    const rule = (ruleId: string, thing: string, eventPattern: Record<string, unknown>) =>
      new CfnRule(this, ruleId, {
        name: named(thing),
        state: 'ENABLED',
        eventPattern,
        targets: [{ id: 'run-events', arn: queue.attrArn, deadLetterConfig: { arn: dead.attrArn } }],
      });
    rule('ExecutionRule', 'execution-events', {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [arn('states', 'stateMachine:${Project}-${Environment}-transform')] },
    });
    rule('JobRule', 'job-events', {
      source: ['aws.glue'],
      'detail-type': ['Glue Job State Change', 'Glue Job Run Status'],
      detail: { jobName: [named('transform')] },
    });
    rule('CrawlerRule', 'crawler-events', {
      source: ['aws.glue'],
      'detail-type': ['Glue Crawler State Change'],
      detail: { crawlerName: [named('curated'), named('marts')] },
    });
    rule('ClusterRule', 'cluster-events', {
      source: ['aws.emr'],
      'detail-type': ['EMR Cluster State Change'],
      detail: { name: [{ prefix: Fn.sub('${Project}-${Environment}-') }] },
    });
    rule('StepRule', 'step-events', {
      source: ['aws.emr'],
      'detail-type': ['EMR Step Status Change'],
      // Only the message names the cluster: `Step … in Amazon EMR cluster j-… (<name>) failed`.
      detail: { message: [{ wildcard: Fn.sub('*(${Project}-${Environment}-*') }] },
    });
    rule('StackRule', 'stack-events', {
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Stack Status Change'],
      detail: { 'stack-id': [{ prefix: arn('cloudformation', 'stack/${Project}-${Environment}-') }] },
    });
  }

  private queue(id: string, thing: string, props: CfnQueueProps): CfnQueue {
    const queue = new CfnQueue(this, id, {
      queueName: named(thing),
      kmsMasterKeyId: Fn.sub('alias/${Project}-${Environment}-data-lake'),
      ...props,
    });
    new CfnQueuePolicy(this, `${id}Policy`, {
      queues: [queue.ref],
      policyDocument: document(
        new PolicyStatement({
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.attrArn],
          conditions: {
            ArnLike: { 'aws:SourceArn': arn('events', 'rule/${Project}-${Environment}-*-events') },
          },
        }),
        denyWithoutTls(['sqs:*'], [queue.attrArn]),
      ),
    });
    return queue;
  }
}

/** Seconds. */
const DAY = 86_400;
