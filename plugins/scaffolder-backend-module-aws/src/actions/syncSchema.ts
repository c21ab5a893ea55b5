import { targetInput, Z } from '../inputs';

/** Inputs of `aws:s3:sync`. */
export const input = {
  ...targetInput,
  bucket: (z: Z) => z.string().describe('Bucket, which the account must own'),
  source: (z: Z) =>
    z.string().optional().describe('Folder of the workspace; default .'),
  files: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe(
        'Glob patterns below source; default all files, or none with archives',
      ),
  archives: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe('Folders below source, uploaded as <folder>.zip'),
  strip: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder below source that the keys leave out'),
  ignore: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe(
        'Glob patterns to skip, besides caches and tool folders (.git, node_modules, __pycache__ and the like)',
      ),
  prefix: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Prefix in the bucket, ending in a slash; default none'),
  release: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('true: the prefix is releases/<digest of the files>/'),
  delete: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: delete files that were uploaded before and no longer exist',
      ),
  maxDeleted: (z: Z) =>
    z
      .number()
      .min(0)
      .optional()
      .describe(
        'Largest number of files to delete; default 20 or half of the files, whichever is more',
      ),
  order: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe('Glob patterns of files to upload first; all others follow'),
  timeoutMinutes: (z: Z) =>
    z
      .number()
      .min(1)
      .max(180)
      .optional()
      .describe('Time limit of the whole upload, in minutes; default 60'),
  preview: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: compare with the bucket and list what would be done; changes nothing',
      ),
};

/** Outputs of `aws:s3:sync`. */
export const output = {
  prefix: (z: Z) => z.string().describe('Prefix of the files'),
  uploaded: (z: Z) => z.number().describe('Number of files uploaded'),
  unchanged: (z: Z) => z.number().describe('Number of unchanged files'),
  deleted: (z: Z) => z.number().describe('Number of files deleted'),
  bytes: (z: Z) => z.number().describe('Number of bytes uploaded'),
};

/** Values of the inputs. */
export interface SyncInput {
  account: string;
  region: string;
  bucket: string;
  source?: string;
  files?: string[];
  archives?: string[];
  strip?: string;
  ignore?: string[];
  prefix?: string;
  release?: boolean;
  delete?: boolean;
  maxDeleted?: number;
  order?: string[];
  timeoutMinutes?: number;
  preview?: boolean;
}
