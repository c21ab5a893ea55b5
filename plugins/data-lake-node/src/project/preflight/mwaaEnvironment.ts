import {
  Environment,
  GetEnvironmentCommand,
  ListEnvironmentsCommand,
} from '@aws-sdk/client-mwaa';
import { InputError, NotFoundError } from '@backstage/errors';
import { AwsClients, calling } from '@data-lake/aws';

/** What a project takes from an existing MWAA environment. @public */
export interface MwaaPlace {
  bucket: string;
  /** Folder of DAGs in the bucket, without slashes around it. */
  dagPath: string;
  /** Name, not ARN. */
  executionRole: string;
  airflowVersion: string;
  /** MWAA's word; bucket and role are known before it is AVAILABLE. */
  status: string;
  /** Empty while there is none yet. */
  webserverUrl: string;
}

/**
 * Reads an MWAA environment.
 *
 * @throws NotFoundError that lists the environments there are
 * @throws InputError where its Airflow is not the expected version, naming both
 * @public
 */
export async function readMwaaEnvironment(options: {
  clients: AwsClients;
  name: string;
  /** Absent: any. */
  airflowVersion?: string;
  signal?: AbortSignal;
}): Promise<MwaaPlace> {
  const { clients, name, airflowVersion, signal } = options;
  const place = toPlace(await getEnvironment(clients, name, signal));
  if (airflowVersion && place.airflowVersion !== airflowVersion) {
    throw new InputError(
      `MWAA environment ${name} runs Airflow ${place.airflowVersion}, and ${airflowVersion} was chosen. Choose ${place.airflowVersion}, or another environment`,
    );
  }
  return place;
}

async function getEnvironment(
  clients: AwsClients,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Environment> {
  try {
    const { Environment: found } = await calling(
      {
        what: `reading MWAA environment ${name}`,
        action: 'airflow:GetEnvironment',
      },
      () =>
        clients.mwaa.send(new GetEnvironmentCommand({ Name: name }), {
          abortSignal: signal,
        }),
    );
    return found!;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw await toMissing(clients, name, signal);
  }
}

async function toMissing(
  clients: AwsClients,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Error> {
  const { account, region } = clients.target;
  const { Environments: names } = await calling(
    {
      what: `listing MWAA environments in ${account}/${region}`,
      action: 'airflow:ListEnvironments',
    },
    () =>
      clients.mwaa.send(new ListEnvironmentsCommand({}), {
        abortSignal: signal,
      }),
  );
  const known = names?.length
    ? `There are: ${names.join(', ')}`
    : 'There is none';
  return new NotFoundError(
    `There is no MWAA environment ${name} in account ${account}, region ${region}. ${known}`,
  );
}

function toPlace(environment: Environment): MwaaPlace {
  return {
    // arn:aws:s3:::bucket
    bucket: lastPart(environment.SourceBucketArn, ':'),
    dagPath: (environment.DagS3Path ?? 'dags').replace(/^\/+|\/+$/g, ''),
    // arn:aws:iam::account:role/path/name
    executionRole: lastPart(environment.ExecutionRoleArn, '/'),
    airflowVersion: environment.AirflowVersion ?? 'unknown',
    status: environment.Status ?? 'unknown',
    webserverUrl: environment.WebserverUrl
      ? `https://${environment.WebserverUrl.replace(/^https?:\/\//, '')}`
      : '',
  };
}

const lastPart = (text = '', separator: string) =>
  text.split(separator).pop() ?? '';
