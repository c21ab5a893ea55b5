import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { AwsClients, calling } from '@data-lake/aws';
import { assertOwnBucket } from '@data-lake/s3-sync';
import { DeployRequest } from './request';
import { isTooLongForText } from '../template/template';

/** A template as CloudFormation takes it. */
export type GivenTemplate = { TemplateBody: string } | { TemplateURL: string };

interface Giving {
  clients: AwsClients;
  request: DeployRequest;
  /** Names the object, so that no two deployments share one. */
  name: string;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Gives a template to CloudFormation for as long as `use` takes: as text, or, where it is too long, as
 * an object of the request's template bucket, which is removed again.
 */
export async function givingTemplate<T>(
  giving: Giving,
  use: (given: GivenTemplate) => Promise<T>,
): Promise<T> {
  const { template, templateBucket } = giving.request;
  if (!isTooLongForText(template) || templateBucket === undefined) {
    return use({ TemplateBody: template.body });
  }
  const Key = `data-lake-templates/${giving.name}.template`;
  try {
    return await use({ TemplateURL: await put(giving, templateBucket, Key) });
  } finally {
    await remove(giving, templateBucket, Key);
  }
}

async function put(
  { clients, request, log, signal }: Giving,
  bucket: string,
  Key: string,
): Promise<string> {
  await assertOwnBucket({ clients, bucket, signal });
  log(`The template is long: it goes by s3://${bucket}/${Key} meanwhile`);
  await calling(
    { what: `uploading s3://${bucket}/${Key}`, action: 's3:PutObject' },
    () =>
      clients.s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          Key,
          Body: request.template.body,
        }),
        { abortSignal: signal },
      ),
  );
  return `${s3Endpoint(clients)}/${bucket}/${Key}`;
}

/** By path, as a bucket's name may have dots. */
function s3Endpoint({ settings, target }: AwsClients): string {
  const own = settings.findEndpoint('s3');
  if (own) return own.replace(/\/+$/, '');
  const suffix = target.region.startsWith('cn-') ? '.cn' : '';
  return `https://s3.${target.region}.amazonaws.com${suffix}`;
}

/** What is left of a template harms nothing, so it fails no deployment; but it is told. */
async function remove(
  { clients, log }: Giving,
  bucket: string,
  Key: string,
): Promise<void> {
  try {
    await calling(
      { what: `removing s3://${bucket}/${Key}`, action: 's3:DeleteObject' },
      () =>
        clients.s3.send(
          new DeleteObjectCommand({
            Bucket: bucket,
            ExpectedBucketOwner: clients.target.account,
            Key,
          }),
        ),
    );
  } catch (error) {
    log(`s3://${bucket}/${Key} may be left: ${(error as Error).message}`);
  }
}
