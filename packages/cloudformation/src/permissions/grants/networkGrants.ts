import { asList, asObject, toText } from '../../template/json';
import {
  Grant,
  isFunction,
  Properties,
  toGrant,
  toTexts,
  toUnreadGrants,
} from './grant';

/** Reads the grants of resource types that open network connections. */
export const networkReaders: Record<
  string,
  (properties: Properties) => Grant[]
> = {
  'AWS::MWAA::Environment': listWebserverGrants,
  'AWS::EC2::SecurityGroup': p => [
    ...asList(p.SecurityGroupIngress).flatMap(r => listRuleGrants('in', r)),
    // a group without egress rules allows all outgoing connections
    ...(asList(p.SecurityGroupEgress).length > 0
      ? asList(p.SecurityGroupEgress)
      : [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]
    ).flatMap(r => listRuleGrants('out', r)),
  ],
  'AWS::EC2::SecurityGroupIngress': p => listRuleGrants('in', p),
  'AWS::EC2::SecurityGroupEgress': p => listRuleGrants('out', p),
  'AWS::EC2::NetworkAclEntry': p =>
    listRuleGrants(toText(p.Egress) === 'true' ? 'out' : 'in', p).map(rule => ({
      ...rule,
      effect: p.RuleAction === 'deny' ? 'Deny' : 'Allow',
    })),
};

function listWebserverGrants({
  WebserverAccessMode: mode,
}: Properties): Grant[] {
  if (mode === 'PRIVATE_ONLY') return [];
  const actions = [`reach Airflow's web server (${toText(mode ?? 'default')})`];
  return [toGrant({ of: 'network', who: ['*'], actions })];
}

function listRuleGrants(direction: 'in' | 'out', given: unknown): Grant[] {
  if (isFunction(given)) {
    return toUnreadGrants(given, ['*']).map(grant => ({
      ...grant,
      of: 'network',
    }));
  }
  const rule = asObject(given);
  const { IpProtocol, Protocol, FromPort, ToPort, PortRange } = rule;
  const protocol = toText(IpProtocol ?? Protocol ?? '-1');
  const range = asObject(PortRange);
  const [from, to] = [FromPort ?? range.From, ToPort ?? range.To].map(port =>
    port === undefined ? 'all' : toText(port),
  );
  const peer = [
    rule.CidrIp,
    rule.CidrIpv6,
    rule.CidrBlock,
    rule.Ipv6CidrBlock,
    rule.SourceSecurityGroupId,
    rule.SourceSecurityGroupName,
    rule.DestinationSecurityGroupId,
    rule.SourcePrefixListId,
    rule.DestinationPrefixListId,
  ].filter(value => value !== undefined);
  const ports = `${direction} ${protocol} ${from}-${to}`;
  return [
    toGrant({
      of: 'network',
      who: toTexts(peer),
      actions: [protocol === '-1' ? `${direction} *` : ports],
      on: toTexts(rule.GroupId ?? rule.NetworkAclId ?? '*'),
    }),
  ];
}
