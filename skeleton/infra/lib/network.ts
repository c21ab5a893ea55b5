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
 * A VPC as MWAA wants it: two private subnets in two zones, and one NAT gateway to the internet, for
 * PyPI and the AWS APIs. S3 is reached without it. All of it is made under one condition.
 */
export class Network extends Construct {
  readonly privateSubnets: readonly string[];
  readonly securityGroup: string;

  constructor(scope: Construct, id: string, { condition }: { condition: CfnCondition }) {
    super(scope, id);
    const conditional = <T extends CfnResource>(resource: T): T => {
      resource.cfnOptions.condition = condition;
      return resource;
    };
    const tags = [{ key: 'Name', value: named('mwaa') }];

    const vpc = conditional(
      new CfnVPC(this, 'Vpc', {
        cidrBlock: '10.192.0.0/20',
        enableDnsSupport: true,
        enableDnsHostnames: true,
        tags,
      }),
    );
    const gateway = conditional(new CfnInternetGateway(this, 'InternetGateway', { tags }));
    const attachment = conditional(
      new CfnVPCGatewayAttachment(this, 'InternetGatewayAttachment', {
        vpcId: vpc.ref,
        internetGatewayId: gateway.ref,
      }),
    );
    const routes = (routesId: string) =>
      conditional(new CfnRouteTable(this, routesId, { vpcId: vpc.ref, tags }));
    /** `block`: which sixteenth of the VPC. */
    const subnet = (subnetId: string, zone: number, block: number, routeTable: CfnRouteTable) => {
      const made = conditional(
        new CfnSubnet(this, subnetId, {
          vpcId: vpc.ref,
          cidrBlock: `10.192.${block}.0/24`,
          availabilityZone: Fn.select(zone, Fn.getAzs()),
          mapPublicIpOnLaunch: false,
          tags,
        }),
      );
      conditional(
        new CfnSubnetRouteTableAssociation(this, `${subnetId}Routes`, {
          subnetId: made.ref,
          routeTableId: routeTable.ref,
        }),
      );
      return made;
    };

    const publicRoutes = routes('PublicRoutes');
    conditional(
      new CfnRoute(this, 'ToInternet', {
        routeTableId: publicRoutes.ref,
        destinationCidrBlock: '0.0.0.0/0',
        gatewayId: gateway.ref,
      }),
    ).addResourceDependency(attachment);
    const publicSubnet = subnet('PublicSubnet', 0, 0, publicRoutes);
    const address = conditional(new CfnEIP(this, 'NatAddress', { domain: 'vpc', tags }));
    address.addResourceDependency(attachment);
    const nat = conditional(
      new CfnNatGateway(this, 'NatGateway', {
        subnetId: publicSubnet.ref,
        allocationId: address.attrAllocationId,
        tags,
      }),
    );

    const privateRoutes = routes('PrivateRoutes');
    conditional(
      new CfnRoute(this, 'ToNat', {
        routeTableId: privateRoutes.ref,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: nat.ref,
      }),
    );
    this.privateSubnets = [
      subnet('PrivateSubnetA', 0, 1, privateRoutes).ref,
      subnet('PrivateSubnetB', 1, 2, privateRoutes).ref,
    ];
    conditional(
      new CfnVPCEndpoint(this, 'S3Endpoint', {
        vpcId: vpc.ref,
        serviceName: Fn.sub('com.amazonaws.${AWS::Region}.s3'),
        vpcEndpointType: 'Gateway',
        routeTableIds: [privateRoutes.ref],
      }),
    );

    const group = conditional(
      new CfnSecurityGroup(this, 'MwaaSecurityGroup', {
        vpcId: vpc.ref,
        groupDescription: 'The parts of Airflow among themselves',
        securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'PyPI and AWS APIs' }],
        tags,
      }),
    );
    // MWAA wants a rule that lets the group itself in.
    conditional(
      new CfnSecurityGroupIngress(this, 'MwaaSecurityGroupItself', {
        groupId: group.attrGroupId,
        ipProtocol: '-1',
        sourceSecurityGroupId: group.attrGroupId,
        description: 'The parts of Airflow among themselves',
      }),
    );
    this.securityGroup = group.attrGroupId;
  }
}
