import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { AdoptedResource } from '@data-lake/cloudformation';
import { isOwnedBy, tagKeys } from '@data-lake/plugin-data-lake-common';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { stackOrder } from '../spec/stackOrder';
import { findBucket, FoundBucket } from './findBucket';
import { FoundKey, readKey } from './readKey';
import { listMadeBuckets, MadeBucket } from './madeBuckets';

/** What is there of what a stack keeps when it is deleted. */
export interface KeptOfStack {
  stackName: string;
  resources: AdoptedResource[];
  /** The tags that say whose they are, as those of their stack did. */
  tags: Record<string, string>;
  /** Buckets that may be there: the credentials may not look, or they are another account's. */
  unknown: { name: string; reason: string }[];
}

interface Options extends Pick<EnvironmentAuthority, 'authorizeBucket'> {
  clients: AwsClients;
  /** `P-E` */
  prefix: string;
  entityRef: string;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Lists what is there of the buckets that an environment's stacks make and keep, and of the keys that encrypt them, by
 * the names that the environment's own name gives, whether a stack has them or not. Those that are not the entity's
 * by their tags are left out, with a line in the log.
 *
 * @throws NotAllowedError if a bucket is another owner's
 */
export async function listKept(options: Options): Promise<KeptOfStack[]> {
  const kept: KeptOfStack[] = [];
  const made = listMadeBuckets(options.prefix, options.clients.target);
  for (const stack of stackOrder) {
    const stackName = `${options.prefix}-${stack}`;
    const ofStack: KeptOfStack = {
      stackName,
      resources: [],
      tags: {},
      unknown: [],
    };
    for (const bucket of made.filter(each => each.stack === stack)) {
      await addBucket(options, bucket, ofStack);
    }
    const { resources, unknown } = ofStack;
    if (resources.length + unknown.length > 0) kept.push(ofStack);
  }
  return kept;
}

async function addBucket(
  options: Options,
  { name, logicalId, keyId }: MadeBucket,
  { resources, tags, unknown }: KeptOfStack,
): Promise<void> {
  const { clients, entityRef, log, signal } = options;
  const found = await findBucket({ clients, bucket: name, signal }).catch(
    error => {
      if (!(error instanceof NotAllowedError)) throw error;
      unknown.push({ name, reason: error.message });
      return undefined;
    },
  );
  if (!found) return;
  if (!isOwnedBy(found.tags, entityRef)) {
    log(
      `Bucket ${name} is left alone: by its tag ${tagKeys.entity} it is ${
        found.tags[tagKeys.entity] ?? 'nobody'
      }'s`,
    );
    return;
  }
  await options.authorizeBucket(name);
  Object.assign(tags, toOwnTags(found));
  resources.push({ logicalId, type: 'AWS::S3::Bucket', physicalId: name });
  const key = keyId && (await findOwnKey(options, found));
  if (!key || resources.some(each => each.physicalId === key.id)) return;
  if (resources.some(each => each.logicalId === keyId)) {
    log(
      `Key ${key.arn} of bucket ${name} is left alone: stacks of this environment have one, and other buckets another`,
    );
    return;
  }
  resources.push({
    logicalId: keyId,
    type: 'AWS::KMS::Key',
    physicalId: key.id,
  });
}

const toOwnTags = ({ tags }: FoundBucket) =>
  Object.fromEntries(
    Object.values(tagKeys)
      .filter(key => Object.hasOwn(tags, key))
      .map(key => [key, tags[key]]),
  );

/** Finds the bucket's key, if it is the entity's and not waiting for its deletion already. */
async function findOwnKey(
  { clients, entityRef, log, signal }: Options,
  { name, key }: FoundBucket,
): Promise<FoundKey | undefined> {
  if (!key) return undefined;
  try {
    const found = await readKey({ clients, key, signal });
    const isOwn = isOwnedBy(found.tags, entityRef);
    return isOwn && found.state !== 'PendingDeletion' ? found : undefined;
  } catch (error) {
    // the role of a project may not read the keys of others
    if (error instanceof NotAllowedError) {
      log(`Key ${key} of bucket ${name} is left alone: ${error.message}`);
      return undefined;
    }
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
