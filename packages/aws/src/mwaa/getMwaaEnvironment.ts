import { Environment, GetEnvironmentCommand } from '@aws-sdk/client-mwaa';
import type { AwsClients } from '../clients/clients';
import { calling } from '../errors/errors';

/** An MWAA environment as its service describes it. @public */
export interface MwaaEnvironmentState {
  bucket: string;
  /** Folder of DAGs in the bucket, without slashes around it. */
  dagPath: string;
  /** Name, not ARN. */
  executionRole: string;
  airflowVersion: string;
  /** MWAA's word; bucket and role are known before it is AVAILABLE. */
  status: string;
  /** With scheme; empty while there is none. */
  webserverUrl: string;
  /** Size, such as `mw1.small`. */
  environmentClass: string;
  /** Its private subnets, in two zones. */
  subnetIds: string[];
  /** Error of the last update. */
  updateError?: string;
  /** Start of the last update, or the creation. */
  updatedAt?: Date;
}

/**
 * Gets an MWAA environment.
 *
 * @throws NotFoundError, NotAllowedError, ServiceUnavailableError
 * @see https://docs.aws.amazon.com/mwaa/latest/API/API_GetEnvironment.html
 * @public
 */
export async function getMwaaEnvironment(
  clients: AwsClients,
  name: string,
  signal?: AbortSignal,
): Promise<MwaaEnvironmentState> {
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
  return toState(found ?? {});
}

function toState(environment: Environment): MwaaEnvironmentState {
  return {
    // arn:aws:s3:::bucket
    bucket: lastPart(environment.SourceBucketArn, ':'),
    dagPath: (environment.DagS3Path ?? 'dags').replace(/^\/+|\/+$/g, ''),
    // arn:aws:iam::account:role/path/name
    executionRole: lastPart(environment.ExecutionRoleArn, '/'),
    airflowVersion: environment.AirflowVersion ?? 'unknown',
    status: environment.Status ?? 'unknown',
    webserverUrl: toUrl(environment.WebserverUrl),
    environmentClass: environment.EnvironmentClass ?? 'unknown',
    subnetIds: environment.NetworkConfiguration?.SubnetIds ?? [],
    updateError: environment.LastUpdate?.Error?.ErrorMessage,
    updatedAt: environment.LastUpdate?.CreatedAt ?? environment.CreatedAt,
  };
}

const lastPart = (text = '', separator: string) =>
  text.split(separator).pop() ?? '';

/** MWAA gives a host without scheme; a local one, which has no TLS, does so too. */
function toUrl(host: string | undefined): string {
  if (!host) return '';
  if (/^https?:\/\//.test(host)) return host.replace(/\/$/, '');
  const scheme = /^(127\.|localhost)/.test(host) ? 'http' : 'https';
  return `${scheme}://${host}`;
}
