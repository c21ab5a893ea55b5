import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { AwsClients, calling, toDnsSuffix } from '@data-lake/aws';
import { assertOwnBucket } from '@data-lake/s3-sync';
import { isTooLongForText, maxTextBytes } from '../template/template';
import { DeploymentSpec } from './deploymentSpec';

/** A template in the form in which CloudFormation takes it. */
export type GivenTemplate =
  | { TemplateBody: string }
  | { TemplateURL: string }
  | { UsePreviousTemplate: true };

interface TemplateUpload {
  clients: AwsClients;
  spec: DeploymentSpec;
  /** Part of the object's key, so that no two deployments share one. */
  name: string;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Passes a template to CloudFormation while `use` runs: as text, or, if it is too long, as an object of
 * the template bucket, which is removed afterwards. That of the stack stays where it is.
 */
export async function withGivenTemplate<T>(
  upload: TemplateUpload,
  use: (given: GivenTemplate) => Promise<T>,
): Promise<T> {
  const { template, templateBucket, keepsTemplate } = upload.spec;
  if (keepsTemplate) return use({ UsePreviousTemplate: true });
  if (!isTooLongForText(template) || templateBucket === undefined) {
    return use({ TemplateBody: template.body });
  }
  const key = `cloudformation-templates/${upload.name}.template`;
  try {
    return await use({
      TemplateURL: await putTemplate(upload, templateBucket, key),
    });
  } finally {
    await removeTemplate(upload, templateBucket, key);
  }
}

async function putTemplate(
  { clients, spec, log, signal }: TemplateUpload,
  bucket: string,
  key: string,
): Promise<string> {
  await assertOwnBucket({ clients, bucket, signal });
  log(
    `Template exceeds ${maxTextBytes.toLocaleString(
      'en-US',
    )} bytes: uploaded temporarily to s3://${bucket}/${key}`,
  );
  await calling(
    { what: `uploading s3://${bucket}/${key}`, action: 's3:PutObject' },
    () =>
      clients.s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          Key: key,
          Body: spec.template.body,
        }),
        { abortSignal: signal },
      ),
  );
  return `${toS3Endpoint(clients)}/${bucket}/${key}`;
}

/** Path style, as the name of a bucket may have dots. */
function toS3Endpoint({ settings, target }: AwsClients): string {
  const own = settings.findEndpoint('s3');
  if (own) return own.replace(/\/+$/, '');
  const { region } = target;
  return `https://s3.${region}.${toDnsSuffix(region)}`;
}

/** A template that is left behind is harmless, so it fails no deployment; but it is logged. */
async function removeTemplate(
  { clients, log }: TemplateUpload,
  bucket: string,
  key: string,
): Promise<void> {
  try {
    await calling(
      { what: `removing s3://${bucket}/${key}`, action: 's3:DeleteObject' },
      () =>
        clients.s3.send(
          new DeleteObjectCommand({
            Bucket: bucket,
            ExpectedBucketOwner: clients.target.account,
            Key: key,
          }),
        ),
    );
  } catch (error) {
    log(`s3://${bucket}/${key} may be left: ${(error as Error).message}`);
  }
}
