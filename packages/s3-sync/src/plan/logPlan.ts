import { Destination, toS3Url } from '../bucket/destination';
import { listUploads, UploadPlan } from './planUpload';

/** Logs a plan, one line a file: `+ s3://bucket/a.py (12 bytes)`. */
export function logPlan(
  to: Destination,
  plan: UploadPlan,
  log: (line: string) => void,
): void {
  for (const { path, size } of listUploads(plan)) {
    log(`  + ${toS3Url(to, path)} (${size} bytes)`);
  }
  for (const path of plan.deletes) log(`  - ${toS3Url(to, path)}`);
  const count = plan.unchanged.length;
  const [files, are] = count === 1 ? ['file', 'is'] : ['files', 'are'];
  log(`${count} ${files} in ${toS3Url(to)} ${are} unchanged`);
}
