import { asList } from '../template/json';
import { TemplateResource } from '../template/evaluateTemplate';
import { listPrices } from './listPrices';

/** The monthly price of a resource, or the reason why it is unknown. */
export type Price = { usdPerMonth: number; basis: string } | { why: string };

type Properties = Record<string, unknown>;

/** Returns the fixed monthly price of a resource; a price that is not known is never zero. */
export function priceResource(resource: TemplateResource): Price {
  const { type, properties, uncertain } = resource;
  if (chargedByUse.has(type))
    return { usdPerMonth: 0, basis: 'charged by use' };
  if (!Object.hasOwn(prices, type))
    return { why: 'no price is known for this type' };
  if (uncertain) {
    return {
      why: 'its condition depends on values that only CloudFormation knows',
    };
  }
  return prices[type](properties);
}

const { hoursPerMonth } = listPrices;

const byMonth = (usdPerMonth: number, basis: string): Price => ({
  usdPerMonth,
  basis,
});

const byHour = (usd: number, count = 1): Price => ({
  usdPerMonth: usd * count * hoursPerMonth,
  basis: `${count === 1 ? '' : `${count} times `}$${usd} an hour`,
});

const unclear = (property: string): Price => ({
  why: `${property} is not known before the deployment`,
});

const isKnown = (value: unknown) => typeof value !== 'object';

const prices: Record<string, (properties: Properties) => Price> = {
  'AWS::KMS::Key': () => byMonth(listPrices.kmsKeyMonth, 'a key'),
  'AWS::CloudWatch::Alarm': p => {
    const { alarmMetricMonth, highResolutionAlarmMetricMonth } = listPrices;
    if (!isKnown(p.Period)) return unclear('Period');
    const queried = asList(p.Metrics).filter(
      m => (m as Properties)?.MetricStat,
    );
    const count = Math.max(1, queried.length);
    const usd =
      Number(p.Period ?? 60) < 60
        ? highResolutionAlarmMetricMonth
        : alarmMetricMonth;
    return byMonth(usd * count, `${count} alarm metric${count > 1 ? 's' : ''}`);
  },
  'AWS::CloudWatch::CompositeAlarm': () =>
    byMonth(listPrices.compositeAlarmMonth, 'a composite alarm'),
  'AWS::CloudWatch::Dashboard': () =>
    byMonth(
      listPrices.dashboardMonth,
      'a dashboard; an account has three free',
    ),
  'AWS::SecretsManager::Secret': () =>
    byMonth(listPrices.secretMonth, 'a secret'),
  'AWS::SSM::Parameter': p => {
    if (!isKnown(p.Tier)) return unclear('Tier');
    if (p.Tier === 'Intelligent-Tiering') return unclear('the tier');
    return p.Tier === 'Advanced'
      ? byMonth(listPrices.advancedParameterMonth, 'an advanced parameter')
      : byMonth(0, 'a standard parameter');
  },
  'AWS::EC2::NatGateway': () => byHour(listPrices.natGatewayHour),
  'AWS::EC2::EIP': () => byHour(listPrices.publicIpv4Hour),
  'AWS::EC2::VPCEndpoint': p => {
    const { VpcEndpointType: kind = 'Gateway', SubnetIds } = p;
    if (kind === 'Gateway') return byMonth(0, 'a gateway endpoint');
    if (!isKnown(kind)) return unclear('VpcEndpointType');
    if (!Array.isArray(SubnetIds))
      return unclear('the number of availability zones');
    return byHour(listPrices.interfaceEndpointHour, SubnetIds.length);
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': () =>
    byHour(listPrices.loadBalancerHour),
  'AWS::Kinesis::Stream': p => {
    const mode = (p.StreamModeDetails as Properties | undefined)?.StreamMode;
    if (mode === 'ON_DEMAND')
      return byHour(listPrices.kinesisOnDemandStreamHour);
    const shards = Number(p.ShardCount ?? 1);
    return Number.isFinite(shards)
      ? byHour(listPrices.kinesisShardHour, shards)
      : unclear('ShardCount');
  },
  'AWS::MWAA::Environment': p => {
    const { EnvironmentClass: size = 'mw1.small' } = p;
    if (typeof size !== 'string') return unclear('EnvironmentClass');
    const { mwaaEnvironmentHour } = listPrices;
    return Object.hasOwn(mwaaEnvironmentHour, size)
      ? byHour(mwaaEnvironmentHour[size])
      : { why: `no price is known for the class ${size}` };
  },
  'AWS::EMRServerless::Application': p =>
    p.InitialCapacity === undefined
      ? byMonth(0, 'charged by use')
      : { why: 'initial capacity is charged while the application is started' },
  'AWS::Glue::Job': p =>
    (p.Command as Properties | undefined)?.Name === 'gluestreaming'
      ? { why: 'a streaming job is charged while it runs' }
      : byMonth(0, 'charged by use'),
  'AWS::Lambda::Alias': provisioned,
  'AWS::Lambda::Version': provisioned,
};

function provisioned(p: Properties): Price {
  return p.ProvisionedConcurrencyConfig === undefined
    ? byMonth(0, 'charged by use')
    : {
        why: 'provisioned concurrency is charged by the memory of the function',
      };
}

/** Types that cost nothing, or only by use. A type in neither list is reported as unknown. */
const chargedByUse: ReadonlySet<string> = new Set([
  'AWS::EC2::InternetGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::Events::Rule',
  'AWS::Glue::Crawler',
  'AWS::Glue::DataQualityRuleset',
  'AWS::Glue::Database',
  'AWS::Glue::SecurityConfiguration',
  'AWS::Glue::Table',
  'AWS::IAM::Group',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::User',
  'AWS::KMS::Alias',
  'AWS::LakeFormation::Permissions',
  'AWS::LakeFormation::PrincipalPermissions',
  'AWS::LakeFormation::Resource',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::StepFunctions::StateMachine',
]);
