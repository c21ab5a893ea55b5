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
 * PyPI and the AWS APIs. S3 has its own endpoint. One condition controls all of these resources.
 */
export class Network extends Construct {
  readonly privateSubnets: readonly string[];
  readonly securityGroup: string;
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
      this.addSubnet('PrivateSubnetA', { zone: 0, block: 1, routes }).ref,
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

  private addRoutes(id: string): CfnRouteTable {
    return this.conditional(new CfnRouteTable(this, id, { vpcId: this.vpc.ref, tags }));
  }

  /** Adds a subnet; `block` is its sixteenth of the VPC. */
  private addSubnet(id: string, at: { zone: number; block: number; routes: CfnRouteTable }): CfnSubnet {
    const subnet = this.conditional(
      new CfnSubnet(this, id, {
        vpcId: this.vpc.ref,
        cidrBlock: `10.192.${at.block}.0/24`,
        availabilityZone: Fn.select(at.zone, Fn.getAzs()),
        mapPublicIpOnLaunch: false,
        tags,
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

const tags = [{ key: 'Name', value: named('mwaa') }];
