import { AwsClients } from '@data-lake/aws';
import { UploadFile } from '../files/uploadFile';

/** What to upload, and where to. @public */
export interface UploadOptions {
  clients: AwsClients;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
  /** The files, or the function that collects them, which runs while S3 is listed. */
  files: readonly UploadFile[] | (() => Promise<readonly UploadFile[]>);
  /** Glob patterns; see `planUpload`. */
  order?: readonly string[];
  /** Also delete files that were uploaded before and are not among the files any more. */
  delete?: boolean;
  /** Most files that may be deleted. Optional, default 20, or half of the uploaded files if that is more. */
  maxDeleted?: number;
  log: (line: string) => void;
  /** Called once the upload has started to change the prefix: an error after that has changed something. */
  onStart?: () => void;
  signal?: AbortSignal;
  /** Limit of the whole upload. Optional, default 60. */
  timeoutMinutes?: number;
}
