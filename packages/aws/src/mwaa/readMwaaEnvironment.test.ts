import type { AwsClients } from '../clients/clients';
import { getMwaaEnvironment } from './getMwaaEnvironment';
import { readMwaaEnvironment } from './readMwaaEnvironment';

/** Clients whose MWAA has one environment, `lake`. */
function toClients(environment: object): AwsClients {
  const send = async (command: {
    constructor: { name: string };
    input: any;
  }) => {
    if (command.constructor.name === 'ListEnvironmentsCommand') {
      return { Environments: ['lake'] };
    }
    if (command.input.Name === 'lake') {
      return { Environment: { Name: 'lake', ...environment } };
    }
    throw Object.assign(new Error('x'), { name: 'ResourceNotFoundException' });
  };
  const target = { account: '123456789012', region: 'eu-west-1' };
  return { target, mwaa: { send } } as unknown as AwsClients;
}

const clients = toClients({
  Status: 'AVAILABLE',
  AirflowVersion: '3.0.6',
  EnvironmentClass: 'mw1.small',
  SourceBucketArn: 'arn:aws:s3:::lake-bucket',
  DagS3Path: '/airflow/dags/',
  ExecutionRoleArn: 'arn:aws:iam::123456789012:role/path/lake-role',
  WebserverUrl: 'x.c1.airflow.eu-west-1.on.aws',
  NetworkConfiguration: { SubnetIds: ['subnet-0a', 'subnet-0b'] },
  CreatedAt: new Date(0),
});

describe('getMwaaEnvironment', () => {
  it('reads names and paths from ARNs and addresses', async () => {
    expect(await getMwaaEnvironment(clients, 'lake')).toEqual({
      status: 'AVAILABLE',
      airflowVersion: '3.0.6',
      environmentClass: 'mw1.small',
      bucket: 'lake-bucket',
      dagPath: 'airflow/dags',
      executionRole: 'lake-role',
      webserverUrl: 'https://x.c1.airflow.eu-west-1.on.aws',
      subnetIds: ['subnet-0a', 'subnet-0b'],
      updatedAt: new Date(0),
      updateError: undefined,
    });
  });

  it('says what is not known', async () => {
    expect(await getMwaaEnvironment(toClients({}), 'lake')).toMatchObject({
      status: 'unknown',
      airflowVersion: 'unknown',
      dagPath: 'dags',
      webserverUrl: '',
      subnetIds: [],
    });
  });

  it.each([
    ['127.0.0.1:18080', 'http://127.0.0.1:18080'],
    ['http://127.0.0.1:18080/', 'http://127.0.0.1:18080'],
    ['x.on.aws', 'https://x.on.aws'],
  ])('reads the web server %s as %s', async (WebserverUrl, expected) => {
    const { webserverUrl } = await getMwaaEnvironment(
      toClients({ WebserverUrl }),
      'lake',
    );
    expect(webserverUrl).toBe(expected);
  });
});

describe('readMwaaEnvironment', () => {
  const read = (options: { name: string; airflowVersion?: string }) =>
    readMwaaEnvironment({ clients, ...options });

  it('lists the environments if there is none of the name', async () => {
    await expect(read({ name: 'other' })).rejects.toThrow(
      'There is no MWAA environment other in account 123456789012, region eu-west-1. There are: lake',
    );
  });

  it('refuses another Airflow version, naming both', async () => {
    await expect(
      read({ name: 'lake', airflowVersion: '2.11.2' }),
    ).rejects.toThrow(/runs Airflow 3\.0\.6, and 2\.11\.2 was chosen/);
    await expect(
      read({ name: 'lake', airflowVersion: '3.0.6' }),
    ).resolves.toMatchObject({ bucket: 'lake-bucket' });
  });
});
