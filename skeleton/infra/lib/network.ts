import { type CfnCondition, type CfnResource, Fn } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSecurityGroup,
  CfnSecurityGroupIngress,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCEndpoint,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { named } from './names.ts';

/**
 * A VPC that meets MWAA's requirements: two private subnets in two zones, and one NAT gateway to the internet for
 * PyPI and the AWS APIs. S3 has its own endpoint. The clusters of EMR are in the first private subnet. One condition
 * controls all of these resources.
 */
export class Network extends Construct {
  readonly privateSubnets: readonly string[];
  readonly securityGroup: string;
  /** Security groups of a cluster: of its instances, and of EMR's access to them. */
  readonly clusterGroups: { readonly instances: string; readonly service: string };
  private readonly condition: CfnCondition;
  private readonly vpc: CfnVPC;

  constructor(scope: Construct, id: string, { condition }: { condition: CfnCondition }) {
    super(scope, id);
    this.condition = condition;
    this.vpc = this.conditional(
      new CfnVPC(this, 'Vpc', {
        cidrBlock: '10.192.0.0/20',
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags,
      }),
    );
    const nat = this.addPublicSide();
    this.privateSubnets = this.addPrivateSide(nat);
    this.securityGroup = this.addSecurityGroup();
    this.clusterGroups = this.addClusterGroups();
  }

  /** Adds a public subnet with the NAT gateway. */
  private addPublicSide(): CfnNatGateway {
    const gateway = this.conditional(new CfnInternetGateway(this, 'InternetGateway', { tags }));
    const attachment = this.conditional(
      new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
        vpcId: this.vpc.ref,
        internetGatewayId: gateway.ref,
      }),
    );
    const routes = this.addRoutes('PublicRoutes');
    this.conditional(
      new CfnRoute(this, 'ToInternet', {
        routeTableId: routes.ref,
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: gateway.ref,
      }),
    ).addResourceDependency(attachment);
    const subnet = this.addSubnet('PublicSubnet', { zone: 0, block: 0, routes });
    const address = this.conditional(new CfnEIP(this, 'NatAddress', { domain: 'vpc', tags }));
    address.addResourceDependency(attachment);
    return this.conditional(
      new CfnNatGateway(this, 'NatGateway', {
        subnetId: subnet.ref,
        allocationId: address.attrAllocationId,
        tags,
      }),
    );
  }

  /** Adds two private subnets. @returns their ids */
  private addPrivateSide(nat: CfnNatGateway): string[] {
    const routes = this.addRoutes('PrivateRoutes');
    this.conditional(
      new CfnRoute(this, 'ToNat', {
        routeTableId: routes.ref,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: nat.ref,
      }),
    );
    const subnets = [
      this.addSubnet('PrivateSubnetA', { zone: 0, block: 1, routes, isForEmr: true }).ref,
      this.addSubnet('PrivateSubnetB', { zone: 1, block: 2, routes }).ref,
    ];
    this.conditional(
      new CfnVPCEndpoint(this, 'S3Endpoint', {
        vpcId: this.vpc.ref,
        serviceName: Fn.sub('com.amazonaws.${AWS::Region}.s3'),
        vpcEndpointType: 'Gateway',
        routeTableIds: [routes.ref],
      }),
    );
    return subnets;
  }

  private addSecurityGroup(): string {
    const group = this.conditional(
      new CfnSecurityGroup(this, 'MwaaSecurityGroup', {
        vpcId: this.vpc.ref,
        groupDescription: 'Traffic between the parts of Airflow',
        securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'PyPI and AWS APIs' }],
        tags,
      }),
    );
    // MWAA requires a rule that admits the group itself.
    this.conditional(
      new CfnSecurityGroupIngress(this, 'MwaaSecurityGroupItself', {
        groupId: group.attrGroupId,
        ipProtocol: '-1',
        sourceSecurityGroupId: group.attrGroupId,
        description: 'Traffic between the parts of Airflow',
      }),
    );
    return group.attrGroupId;
  }

  /**
   * Adds the security groups that EMR would make itself, and then leave: CloudFormation could not delete the VPC.
   * Their rules are those that EMR wants, so that it adds none; the groups are deleted after the rules between them.
   * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-man-sec-groups.html
   */
  private addClusterGroups(): Network['clusterGroups'] {
    const outward = { ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'AWS APIs' };
    const instances = this.conditional(
      new CfnSecurityGroup(this, 'ClusterSecurityGroup', {
        vpcId: this.vpc.ref,
        groupDescription: 'Instances of EMR clusters',
        securityGroupEgress: [outward],
        tags: [...tags, forEmr],
      }),
    ).attrGroupId;
    const service = this.conditional(
      new CfnSecurityGroup(this, 'ClusterServiceSecurityGroup', {
        vpcId: this.vpc.ref,
        groupDescription: 'Access of EMR to the instances of clusters',
        securityGroupEgress: [
          { ...on(8443), destinationSecurityGroupId: instances, description: 'EMR to instances' },
        ],
        securityGroupIngress: [
          { ...on(9443), sourceSecurityGroupId: instances, description: 'Instances to EMR' },
        ],
        tags: [...tags, forEmr],
      }),
    ).attrGroupId;
    for (const [id, rule] of [
      ['ClusterItself', { ipProtocol: '-1', sourceSecurityGroupId: instances }],
      ['ClusterFromService', { ...on(8443), sourceSecurityGroupId: service }],
    ] as const) {
      this.conditional(
        new CfnSecurityGroupIngress(this, id, { groupId: instances, description: 'EMR', ...rule }),
      );
    }
    return { instances, service };
  }

  private addRoutes(id: string): CfnRouteTable {
    return this.conditional(new CfnRouteTable(this, id, { vpcId: this.vpc.ref, tags }));
  }

  private addSubnet(id: string, at: SubnetPlace): CfnSubnet {
    const subnet = this.conditional(
      new CfnSubnet(this, id, {
        vpcId: this.vpc.ref,
        cidrBlock: `10.192.${at.block}.0/24`,
        availabilityZone: Fn.select(at.zone, Fn.getAzs()),
        mapPublicIpOnLaunch: false,
        tags: at.isForEmr ? [...tags, forEmr] : tags,
      }),
    );
    this.conditional(
      new CfnSubnetRouteTableAssociation(this, `${id}Routes`, {
        subnetId: subnet.ref,
        routeTableId: at.routes.ref,
      }),
    );
    return subnet;
  }

  private conditional<T extends CfnResource>(resource: T): T {
    resource.cfnOptions.condition = this.condition;
    return resource;
  }
}

interface SubnetPlace {
  readonly zone: number;
  /** Its sixteenth of the VPC. */
  readonly block: number;
  readonly routes: CfnRouteTable;
  readonly isForEmr?: boolean;
}

/** What AmazonEMRServicePolicy_v2 wants of everything that a cluster uses. */
const forEmr = { key: 'for-use-with-amazon-emr-managed-policies', value: 'true' };
const on = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });
const tags = [{ key: 'Name', value: named('mwaa') }];
