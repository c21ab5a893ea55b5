import {
  AuditorService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { AwsClientFactory } from '@data-lake/aws';
import {
  collectFiles,
  previewUpload,
  readBucketTags,
  toReleasePrefix,
  Uploaded,
  UploadFile,
  uploadFiles,
  UploadOptions,
  UploadPreview,
} from '@data-lake/s3-sync';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { examples } from './sync.examples';
import { placeInput } from './inputs';

/** `aws:s3:sync`: uploads files of the workspace by content. */
export function createSyncAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
}) {
  const { access, auditor, aws } = options;
  return createTemplateAction({
    id: 'aws:s3:sync',
    description:
      'Makes a prefix of a bucket hold files of the workspace: uploads what differs by content, folders before the files beside them, and deletes only what it uploaded before.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...placeInput,
        bucket: z => z.string().describe('Bucket, of that account'),
        source: z =>
          z.string().optional().describe('Folder of the workspace; default .'),
        files: z =>
          z
            .array(z.string())
            .optional()
            .describe('Glob patterns below source; default all files'),
        archives: z =>
          z
            .array(z.string())
            .optional()
            .describe('Folders below source, uploaded as <folder>.zip'),
        strip: z =>
          z
            .string()
            .optional()
            .describe('Folder below source that the keys leave out'),
        ignore: z =>
          z
            .array(z.string())
            .optional()
            .describe(
              'Glob patterns of what is passed over, besides what tools leave behind (.git, node_modules, __pycache__ and the like)',
            ),
        prefix: z =>
          z
            .string()
            .optional()
            .describe('Prefix in the bucket, ending in a slash; default none'),
        release: z =>
          z
            .boolean()
            .optional()
            .describe('true: the prefix is releases/<digest of the files>/'),
        delete: z =>
          z
            .boolean()
            .optional()
            .describe('true: delete what was uploaded and is no more'),
        maxDeleted: z =>
          z
            .number()
            .min(0)
            .optional()
            .describe(
              'So many files may be deleted; default 20, or half of them where that is more',
            ),
        order: z =>
          z
            .array(z.string())
            .optional()
            .describe('Glob patterns: what goes first; the rest goes last'),
        timeoutMinutes: z =>
          z
            .number()
            .min(1)
            .max(180)
            .optional()
            .describe('Of the whole upload; default 60'),
        preview: z =>
          z
            .boolean()
            .optional()
            .describe(
              'true: compare with the bucket and list what would be done; nothing is changed',
            ),
      },
      output: {
        prefix: z => z.string().describe('Where the files are'),
        uploaded: z => z.number().describe('Number of files uploaded'),
        unchanged: z => z.number().describe('Number of files left as they are'),
        deleted: z => z.number().describe('Number of files deleted'),
        bytes: z => z.number().describe('Bytes uploaded'),
      },
    },
    async handler(ctx) {
      const { account, region, bucket, release } = ctx.input;
      if (release && (ctx.input.prefix || ctx.input.delete)) {
        throw new InputError(
          'A release has a prefix of its own and never changes: leave out prefix and delete',
        );
      }
      const result = ctx.isDryRun ? await dryUpload() : await upload();
      ctx.output('prefix', result.prefix);
      ctx.output('uploaded', result.uploaded);
      ctx.output('unchanged', result.unchanged);
      ctx.output('deleted', result.deleted);
      ctx.output('bytes', result.bytes);

      function collect(): Promise<UploadFile[]> {
        return collectFiles({
          source: resolveSafeChildPath(
            ctx.workspacePath,
            ctx.input.source ?? '.',
          ),
          files: ctx.input.files ?? (ctx.input.archives ? [] : ['**']),
          archives: ctx.input.archives,
          strip: ctx.input.strip,
          ignore: ctx.input.ignore,
        });
      }

      /** The name of a release follows from its files; else S3 is asked while they are collected. */
      async function place(): Promise<Pick<UploadOptions, 'prefix' | 'files'>> {
        if (!release) return { prefix: ctx.input.prefix ?? '', files: collect };
        const files = await collect();
        return { prefix: toReleasePrefix(files), files };
      }

      async function upload(): Promise<Uploaded> {
        const clients = aws.forTarget({ account, region });
        const { prefix, files } = await place();
        const toUpload = {
          clients,
          bucket,
          prefix,
          files,
          order: ctx.input.order,
          delete: ctx.input.delete,
          maxDeleted: ctx.input.maxDeleted,
          timeoutMinutes: ctx.input.timeoutMinutes,
          log: (line: string) => ctx.logger.info(line),
          signal: ctx.signal,
        };
        const meta = { account, region, bucket, prefix };
        const eventId = ctx.input.preview ? 'files-preview' : 'files-upload';
        return audited({ auditor, ctx, eventId, meta }, async () => {
          await access.assertMayUpload(ctx, { account, region, bucket }, () =>
            readBucketTags({ clients, bucket, signal: ctx.signal }),
          );
          return ctx.input.preview
            ? toResult(await previewUpload(toUpload))
            : uploadFiles(toUpload);
        });
      }

      /** Asks AWS nothing, and so cannot tell what is there already. */
      async function dryUpload(): Promise<Uploaded> {
        const files = await collect();
        const prefix = release
          ? toReleasePrefix(files)
          : ctx.input.prefix ?? '';
        const would = release
          ? 'to a release of their own'
          : 'where they differ';
        ctx.logger.info(
          `A dry run asks AWS nothing. These ${files.length} files would be uploaded, ${would}:`,
        );
        for (const { path, size } of files) {
          ctx.logger.info(
            `  + s3://${bucket}/${prefix}${path} (${size} bytes)`,
          );
        }
        return { prefix, uploaded: 0, unchanged: 0, deleted: 0, bytes: 0 };
      }
    },
  });
}

/** A preview has changed nothing; its log lists what would be. */
const toResult = ({ prefix, unchanged }: UploadPreview): Uploaded => ({
  prefix,
  uploaded: 0,
  unchanged,
  deleted: 0,
  bytes: 0,
});
