import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { AwsClients, withTimeout } from '@data-lake/aws';
import { abortParts } from './abortParts';
import { applyDeletions, applyUploads } from './apply';
import { compare } from '../plan/compare';
import { UploadFile } from '../files/content';
import { Destination, listEtags, toDestination } from '../bucket/destination';
import {
  abandoned,
  KnownFiles,
  ManifestEntry,
  readManifest,
  underWay,
  writeManifest,
} from '../manifest/manifest';
import { UploadPlan } from '../plan/plan';
import { changedOf, logPlan } from '../plan/previewUpload';
import { isUnfinished, PrefixState } from '../manifest/state';

/** @public */
export interface UploadOptions {
  clients: AwsClients;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
  /** Or what collects them, which then goes on while S3 is asked. */
  files: readonly UploadFile[] | (() => Promise<readonly UploadFile[]>);
  /** Glob patterns; see {@link planUpload}. */
  order?: readonly string[];
  /** Also delete what was uploaded before and is not among the files any more. */
  delete?: boolean;
  /** So many files may be deleted; 20, or half of them where that is more, where absent. */
  maxDeleted?: number;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Bound of the whole; 60 where absent. */
  timeoutMinutes?: number;
}

/** @public */
export interface Uploaded {
  prefix: string;
  /** Numbers of files. */
  uploaded: number;
  unchanged: number;
  deleted: number;
  /** Uploaded. */
  bytes: number;
}

/** Writes the manifest again and again, as long as nobody else does. */
class ManifestWriter {
  private readonly writer = randomUUID();

  constructor(
    private readonly to: Destination,
    private readEtag: string | undefined,
  ) {}

  async write(known: KnownFiles): Promise<void> {
    const { writer, readEtag } = this;
    this.readEtag = await writeManifest(this.to, { known, writer, readEtag });
  }

  /** Whether nobody else has written it since. */
  async isOurs(): Promise<boolean> {
    return (await readManifest(this.to)).writer === this.writer;
  }
}

/**
 * Makes a prefix of a bucket hold the files: says in the manifest what it will write, uploads what has
 * changed, then deletes, then says in the manifest what is there. Interrupted at any point and run
 * again, it ends in the same state.
 *
 * Of two at once, the one whose word the manifest holds goes on and the other stops: at once, before it
 * touches anything, where both began together; where it was at work already and the later one took it for
 * interrupted, before it writes over anything of the later one's or deletes anything.
 *
 * @throws NotFoundError, NotAllowedError where the bucket is missing or another account's;
 * ConflictError where somebody else uploaded there at the same time; ServiceUnavailableError where it
 * takes too long
 * @public
 */
export async function uploadFiles(options: UploadOptions): Promise<Uploaded> {
  const { bucket, prefix } = options;
  const bounds = {
    ...options,
    what: `The upload to s3://${bucket}/${prefix}`,
    late: 'Run it again: it goes on with what is missing',
  };
  return withTimeout(bounds, signal => upload({ ...options, signal }));
}

async function upload(options: UploadOptions): Promise<Uploaded> {
  const to = toDestination(options);
  const { state, plan } = await compare(to, options);
  logPlan(to, plan, options.log);
  const changed = changedOf(plan);
  // an earlier one had deleted, and was interrupted before it could say so
  const unsaid = plan.forgotten.some(
    path => state.known.get(path)!.etag === underWay,
  );
  if (changed.length > 0 || plan.deleted.length > 0 || unsaid) {
    await apply(to, { plan, ...state });
  }
  return {
    prefix: to.prefix,
    uploaded: changed.length,
    unchanged: plan.unchanged.length,
    deleted: plan.deleted.length,
    bytes: changed.reduce((sum, { size }) => sum + size, 0),
  };
}

async function apply(
  to: Destination,
  now: { plan: UploadPlan } & PrefixState,
): Promise<void> {
  const { plan, known, etags } = now;
  const manifest = new ManifestWriter(to, now.etag);
  await manifest.write(withEntries(known, changedOf(plan).map(toBegun)));
  if (isUnfinished(known)) {
    await abortParts(to, path => known.get(path)?.etag === underWay);
  }

  const ground = { etags, isOurs: () => manifest.isOurs() };
  const written = await applyUploads(to, { plan, ground });
  const uploaded = changedOf(plan).map(file => ({
    ...toBegun(file),
    etag: written.get(file.path)!,
  }));
  const there = withEntries(known, uploaded);
  if (isUnfinished(known)) await assertAlone(to, there, plan);
  if (plan.deleted.length > 0) {
    // the lock must still be ours when something is deleted
    await manifest.write(
      withEntries(
        there,
        plan.deleted.map(path => ({ ...known.get(path)!, etag: underWay })),
      ),
    );
    await applyDeletions(to, { plan, etags });
  }
  forget(there, plan);
  await manifest.write(there);
}

/**
 * What was begun or not listed may be written yet, by an upload that was taken for dead, or was written
 * since the listing. One upload longer it stays known as ours, so that it is deleted then.
 */
function forget(
  there: Map<string, ManifestEntry>,
  { deleted, forgotten }: UploadPlan,
): void {
  for (const path of deleted) {
    if (there.get(path)!.etag === underWay) mark(path);
    else there.delete(path);
  }
  for (const path of forgotten) {
    if (there.get(path)!.etag === abandoned) there.delete(path);
    else mark(path);
  }
  function mark(path: string) {
    there.set(path, { ...there.get(path)!, etag: abandoned });
  }
}

const toBegun = ({ path, sha256, size }: UploadFile): ManifestEntry => ({
  path,
  sha256,
  size,
  etag: underWay,
});

const withEntries = (known: KnownFiles, entries: readonly ManifestEntry[]) =>
  new Map([...known, ...entries.map(entry => [entry.path, entry] as const)]);

/** Where an upload was taken for interrupted and goes on after all, it may have written meanwhile. */
async function assertAlone(
  to: Destination,
  there: KnownFiles,
  { waves, unchanged }: UploadPlan,
): Promise<void> {
  const etags = await listEtags(to);
  const wrong = [...waves.flat(), ...unchanged].find(
    ({ path }) => etags.get(path) !== there.get(path)?.etag,
  );
  if (!wrong) return;
  throw new ConflictError(
    `Somebody else is uploading to s3://${to.bucket}/${to.prefix}, and has written ${wrong.path}. Run this upload again when that has ended`,
  );
}
