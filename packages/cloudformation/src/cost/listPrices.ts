/**
 * List prices of AWS for resources that exist without being used, in US dollars, without tax, discounts
 * and free tier. Charges by use (requests, storage, running jobs) are not included.
 *
 * To update: look up each price at its source, change it here, and set `asOf`.
 */
export const listPrices = {
  /** The day on which the prices were compared with their sources. */
  asOf: '2026-11-27',
  /** The region of the prices. Most other regions cost the same or up to a third more. */
  region: 'us-east-1',
  hoursPerMonth: 730,

  /** https://aws.amazon.com/kms/pricing/ each rotated version of it adds as much, up to two */
  kmsKeyMonth: 1,
  /** https://aws.amazon.com/cloudwatch/pricing/ */
  alarmMetricMonth: 0.1,
  highResolutionAlarmMetricMonth: 0.3,
  compositeAlarmMonth: 0.5,
  dashboardMonth: 3,
  /** https://aws.amazon.com/secrets-manager/pricing/ */
  secretMonth: 0.4,
  /** https://aws.amazon.com/systems-manager/pricing/#Parameter_Store */
  advancedParameterMonth: 0.05,
  /** https://aws.amazon.com/vpc/pricing/ */
  natGatewayHour: 0.045,
  publicIpv4Hour: 0.005,
  /** https://aws.amazon.com/privatelink/pricing/ of each availability zone */
  interfaceEndpointHour: 0.01,
  /** https://aws.amazon.com/elasticloadbalancing/pricing/ */
  loadBalancerHour: 0.0225,
  /** https://aws.amazon.com/kinesis/data-streams/pricing/ */
  kinesisShardHour: 0.015,
  kinesisOnDemandStreamHour: 0.04,
  /** https://aws.amazon.com/managed-workflows-for-apache-airflow/pricing/ with one worker and scheduler */
  mwaaEnvironmentHour: {
    'mw1.small': 0.49,
    'mw1.medium': 0.74,
    'mw1.large': 0.99,
  } as Record<string, number>,
} as const;
