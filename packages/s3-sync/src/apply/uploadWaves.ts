import { runConcurrently, startHeartbeat } from '@data-lake/aws';
import { Destination } from '../bucket/destination';
import { UploadFile } from '../files/uploadFile';
import { UploadPlan } from '../plan/planUpload';
import { toPutFile } from './putFile';
import { FoundState } from './putIfUnchanged';
import { createRequestLimits } from './requestLimits';

/** Uploads wave after wave, and returns the ETags by path. */
export async function uploadWaves(
  to: Destination,
  { plan, ...found }: { plan: UploadPlan } & FoundState,
): Promise<ReadonlyMap<string, string>> {
  const limits = createRequestLimits();
  const etags = new Map<string, string>();
  const stopHeartbeat = startHeartbeat(() =>
    to.log?.(toProgress(plan.waves.flat(), etags)),
  );
  try {
    for (const wave of plan.waves) {
      await runConcurrently(signal => {
        const put = toPutFile({ ...to, signal }, { limits, found });
        return wave.map(file => async () => {
          etags.set(file.path, await put(file));
        });
      }, to.signal);
    }
  } finally {
    stopHeartbeat();
  }
  return etags;
}

function toProgress(
  files: readonly UploadFile[],
  etags: ReadonlyMap<string, string>,
): string {
  const done = files.filter(({ path }) => etags.has(path));
  return `Uploading: ${done.length} of ${files.length} files, ${toMib(
    done,
  )} of ${toMib(files)} MiB`;
}

const toMib = (files: readonly UploadFile[]) =>
  Math.round(files.reduce((sum, { size }) => sum + size, 0) / 1024 / 1024);
