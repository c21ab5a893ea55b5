import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { CfnEnvironment } from 'aws-cdk-lib/aws-mwaa';
import type { Construct } from 'constructs';
import {
  EnvironmentStack,
  type EnvironmentStackProps,
  nameParameters,
  ownerParameters,
  text,
} from './environment-stack.ts';
import { MwaaExecutionRole } from './mwaa-execution-role.ts';
import { MwaaLogs } from './mwaa-logs.ts';
import { MwaaStorage } from './mwaa-storage.ts';
import { Network } from './network.ts';
import { Outputs } from './outputs.ts';
import { ProjectParameters } from './project-parameters.ts';

/**
 * An MWAA environment for accounts without one: environment, bucket, execution role and logs, in a given or a
 * new VPC. Deployed before foundations, which adds its policy to the execution role.
 */
export class MwaaStack extends EnvironmentStack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps = {}) {
    super(scope, id, {
      ...props,
      description: 'An MWAA environment with its bucket, role, logs and network',
    });
    nameParameters(this);
    ownerParameters(this);
    const { name, given } = this.addNames();
    const makesNetwork = new CfnCondition(this, 'MakesNetwork', {
      expression: Fn.conditionEquals(given, ''),
    });

    const network = new Network(this, 'Network', { condition: makesNetwork });
    const storage = new MwaaStorage(this, 'Storage');
    const role = new MwaaExecutionRole(this, 'Role', { keyArn: storage.keyArn });
    const logs = new MwaaLogs(this, 'Logs', { keyArn: storage.keyArn });

    const madeOrGiven = (made: string, index: number) =>
      Fn.conditionIf(makesNetwork.logicalId, made, Fn.select(index, Fn.split(',', given))).toString();
    const environment = new CfnEnvironment(this, 'MwaaEnvironment', {
      name,
      ...this.addChoices(),
      sourceBucketArn: storage.bucketArn,
      dagS3Path: text(this, 'DagPath', {
        description: 'Folder of the DAGs in the bucket.',
        default: 'dags',
        allowedPattern: '^[A-Za-z0-9_][A-Za-z0-9_/-]{0,199}$',
      }),
      executionRoleArn: role.arn,
      kmsKey: storage.keyArn,
      networkConfiguration: {
        securityGroupIds: [madeOrGiven(network.securityGroup, 0)],
        subnetIds: network.privateSubnets.map((subnet, index) => madeOrGiven(subnet, index + 1)),
      },
      loggingConfiguration: {
        dagProcessingLogs: log('INFO'),
        schedulerLogs: log('WARNING'),
        taskLogs: log('INFO'),
        webserverLogs: log('WARNING'),
        workerLogs: log('WARNING'),
      },
    });
    for (const resource of [...logs.groups, role.policy, storage.bucketPolicy])
      environment.addResourceDependency(resource);

    this.publish(network, makesNetwork);

    new Outputs(this, 'Outputs', {
      MwaaEnvironmentArn: { value: environment.attrArn },
      MwaaWebserverUrl: { value: environment.attrWebserverUrl },
      MwaaExecutionRoleArn: { value: role.arn },
      MwaaBucketArn: { value: storage.bucketArn },
    });
  }

  /** Adds the parameters in which the DAG finds the network for its clusters. */
  private publish({ privateSubnets, clusterGroups }: Network, condition: CfnCondition): void {
    const published = new ProjectParameters(this, 'Published');
    published.add('network-subnet', privateSubnets[0]!, condition);
    published.add('network-cluster-group', clusterGroups.instances, condition);
    published.add('network-service-group', clusterGroups.service, condition);
  }

  /** Adds the parameters for the names of new resources and for a given network. */
  private addNames(): { name: string; given: string } {
    const name = text(this, 'MwaaEnvironmentName', {
      description: 'Name of the MWAA environment to create.',
      allowedPattern: '^[A-Za-z][A-Za-z0-9_-]{0,79}$',
    });
    text(this, 'MwaaBucketName', {
      description: 'Name of the bucket to create for DAGs.',
      allowedPattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
    });
    text(this, 'MwaaExecutionRoleName', {
      description: 'Name of the execution role to create.',
      allowedPattern: '^[A-Za-z0-9_+=,.@-]{1,64}$',
    });
    const given = text(this, 'NetworkIds', {
      description:
        'A security group that admits itself, and two private subnets in two zones, separated by commas. Empty: the stack creates a VPC.',
      default: '',
      allowedPattern: '^$|^sg-[0-9a-f]{1,32},subnet-[0-9a-f]{1,32},subnet-[0-9a-f]{1,32}$',
    });
    return { name, given };
  }

  /** Adds the parameters for version, size and access. */
  private addChoices() {
    return {
      airflowVersion: text(this, 'AirflowVersion', {
        description: 'Airflow version.',
        default: '3.3.1',
        allowedValues: ['3.3.1', '3.2.1', '3.0.6', '2.11.2', '2.11.0'],
      }),
      environmentClass: text(this, 'EnvironmentClass', {
        description: 'Size of scheduler, web server and workers.',
        default: 'mw1.small',
        allowedValues: ['mw1.small', 'mw1.medium', 'mw1.large', 'mw1.xlarge', 'mw1.2xlarge'],
      }),
      maxWorkers: new CfnParameter(this, 'MaxWorkers', {
        type: 'Number',
        description: 'Maximum number of workers.',
        default: 2,
        minValue: 1,
        maxValue: 25,
      }).valueAsNumber,
      minWorkers: 1,
      webserverAccessMode: text(this, 'WebserverAccess', {
        description:
          'PUBLIC_ONLY: from anywhere, with an IAM login. PRIVATE_ONLY: from the VPC only, so Backstage must run there too.',
        default: 'PUBLIC_ONLY',
        allowedValues: ['PUBLIC_ONLY', 'PRIVATE_ONLY'],
      }),
    };
  }
}

const log = (logLevel: string) => ({ enabled: true, logLevel });
