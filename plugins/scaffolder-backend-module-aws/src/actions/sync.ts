import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  collectFiles,
  findUploadGates,
  previewUpload,
  readBucketTags,
  toReleasePrefix,
  UploadResult,
  UploadFile,
  uploadFiles,
  UploadOptions,
} from '@data-lake/s3-sync';
import { auditStep } from '../auditStep';
import { AwsServices } from './awsServices';
import { StepContext } from './stepContext';
import { examples } from './sync.examples';
import { input, output, SyncInput } from './syncSchema';

/** Creates `aws:s3:sync`, which uploads files of the workspace by content. */
export function createSyncAction(services: AwsServices) {
  return createTemplateAction({
    id: 'aws:s3:sync',
    description:
      'Makes a prefix of a bucket hold files of the workspace: uploads what differs by content, folders before the files beside them, and deletes only files that it uploaded before.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { release, prefix } = ctx.input;
      if (release && (prefix || ctx.input.delete)) {
        throw new InputError(
          'A release has its own prefix and never changes: leave out prefix and delete',
        );
      }
      const result = ctx.isDryRun
        ? await listOnly(ctx)
        : await sync(services, ctx);
      ctx.output('prefix', result.prefix);
      ctx.output('uploaded', result.uploaded);
      ctx.output('unchanged', result.unchanged);
      ctx.output('deleted', result.deleted);
      ctx.output('bytes', result.bytes);
    },
  });
}

async function sync(
  { access, auditor, aws }: AwsServices,
  ctx: StepContext<SyncInput>,
): Promise<UploadResult> {
  const { account, region, bucket, preview } = ctx.input;
  const clients = aws.forTarget({ account, region });
  const { signal } = ctx;
  const upload: UploadOptions = {
    clients,
    bucket,
    ...(await toPrefixAndFiles(ctx)),
    order: ctx.input.order,
    delete: ctx.input.delete,
    maxDeleted: ctx.input.maxDeleted,
    timeoutMinutes: ctx.input.timeoutMinutes,
    log: line => ctx.logger.info(line),
    signal,
  };
  const meta = { account, region, bucket, prefix: upload.prefix };
  const eventId = preview ? 'files-preview' : 'files-upload';
  return auditStep({ auditor, ctx, eventId, meta }, async () => {
    const credentials = await ctx.getInitiatorCredentials();
    await access.assertMayWrite(credentials, { account, region, bucket }, () =>
      readBucketTags({ clients, bucket, signal }),
    );
    if (!preview) return uploadFiles(upload);
    // its log lists what would be done
    const planned = await previewUpload(upload);
    for (const gate of findUploadGates(planned, upload)) ctx.logger.warn(gate);
    const { prefix, unchanged } = planned;
    return { ...nothing, prefix, unchanged };
  });
}

/** The name of a release depends on its files; otherwise they are collected while S3 is listed. */
async function toPrefixAndFiles(
  ctx: Pick<StepContext<SyncInput>, 'input' | 'workspacePath'>,
): Promise<Pick<UploadOptions, 'prefix' | 'files'>> {
  const { release, prefix = '' } = ctx.input;
  if (!release) return { prefix, files: () => collect(ctx) };
  const files = await collect(ctx);
  return { prefix: toReleasePrefix(files), files };
}

function collect({
  input: { source = '.', files, archives, strip, ignore },
  workspacePath,
}: Pick<StepContext<SyncInput>, 'input' | 'workspacePath'>): Promise<
  UploadFile[]
> {
  return collectFiles({
    source: resolveSafeChildPath(workspacePath, source),
    files: files ?? (archives ? [] : ['**']),
    archives,
    strip,
    ignore,
  });
}

/** Lists all files in the log: a dry run does not call AWS, and cannot tell which ones are uploaded already. */
async function listOnly(
  ctx: Pick<StepContext<SyncInput>, 'input' | 'logger' | 'workspacePath'>,
): Promise<UploadResult> {
  const { bucket, release, prefix: given = '' } = ctx.input;
  const files = await collect(ctx);
  const prefix = release ? toReleasePrefix(files) : given;
  const which = release ? 'as a release' : 'if they differ';
  ctx.logger.info(
    `A dry run does not call AWS. These ${files.length} files would be uploaded ${which}:`,
  );
  for (const { path, size } of files) {
    ctx.logger.info(`  + s3://${bucket}/${prefix}${path} (${size} bytes)`);
  }
  return { ...nothing, prefix };
}

const nothing = { uploaded: 0, unchanged: 0, deleted: 0, bytes: 0 };
