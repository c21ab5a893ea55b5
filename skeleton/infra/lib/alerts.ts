import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { arn, named } from './names.ts';
import { denyWithoutTls, document, onlyForThisAccount } from './policy.ts';

export interface AlertsProps {
  readonly keyArn: string;
  readonly email: string;
  readonly mails: CfnCondition;
}

/** Mails failures of the state machine, the Glue job and EMR clusters through one topic. */
export class Alerts extends Construct {
  constructor(scope: Construct, id: string, { keyArn, email, mails }: AlertsProps) {
    super(scope, id);

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
        // For the alarms of the observability stack.
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

    const rule = (ruleId: string, thing: string, eventPattern: Record<string, unknown>) =>
      new CfnRule(this, ruleId, {
        name: named(thing),
        state: 'ENABLED',
        eventPattern,
        targets: [{ id: 'alerts', arn: topic.ref }],
      });
    rule('ExecutionFailedRule', 'execution-failed', {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [arn('states', 'stateMachine:${Project}-${Environment}-transform')],
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    });
    rule('JobFailedRule', 'job-failed', {
      source: ['aws.glue'],
      'detail-type': ['Glue Job State Change'],
      detail: { jobName: [named('transform')], state: ['FAILED', 'TIMEOUT', 'ERROR'] },
    });
    rule('ClusterFailedRule', 'cluster-failed', {
      source: ['aws.emr'],
      'detail-type': ['EMR Cluster State Change'],
      detail: { name: [{ prefix: Fn.sub('${Project}-${Environment}-') }], state: ['TERMINATED_WITH_ERRORS'] },
    });
  }
}
