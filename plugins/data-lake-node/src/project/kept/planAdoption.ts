import {
  AdoptedResource,
  evaluateTemplate,
  findStack,
  StackState,
  TemplateResource,
  toPseudoParameters,
} from '@data-lake/cloudformation';
import { isOwnedBy, tagKeys } from '@data-lake/plugin-data-lake-common';
import { ProjectOptions } from '../deploy/projectOptions';
import { ProjectFiles } from '../spec/readProjectFiles';
import { findBucket, FoundBucket } from './findBucket';
import { readKey } from './readKey';
import { findForeignBucket } from './madeBuckets';

/** What a new stack takes over, since an earlier one of the same environment has left it. */
export interface Adoption {
  resources: AdoptedResource[];
  /** Why what is there stands in the way of the stack, and what to do. */
  problems: string[];
}

type Options = Pick<
  ProjectOptions,
  'clients' | 'files' | 'signal' | 'authorizeBucket'
>;
type ProjectStackFiles = ProjectFiles['stacks'][number];

/**
 * Plans what a stack takes over, if it is new: buckets that its template keeps, by their names, and the keys that
 * encrypt them. What is there must be the entity's by its tags; all else is a problem. Changes nothing.
 *
 * @throws NotAllowedError if a bucket is another owner's
 */
export async function planAdoption(
  options: Options,
  stack: ProjectStackFiles,
): Promise<Adoption> {
  const { clients, signal } = options;
  const kept = listKeptBuckets(options, stack);
  if (kept.length === 0) return { resources: [], problems: [] };
  const present = await findStack(clients, stack.stackName, signal);
  if (present && hasContent(present)) return { resources: [], problems: [] };
  const adoption: Adoption = { resources: [], problems: [] };
  for (const bucket of kept) await addKeptBucket(options, bucket, adoption);
  return adoption;
}

/** A stack that takes over resources has no outputs until it has more. */
const hasContent = ({ outputs }: StackState) => Object.keys(outputs).length > 0;

/** A bucket that outlives its stack. */
interface KeptBucket {
  logicalId: string;
  name: string;
  /** Logical id of the stack's key that encrypts it. */
  keyId?: string;
}

function listKeptBuckets(
  { clients }: Options,
  stack: ProjectStackFiles,
): KeptBucket[] {
  const resources = evaluateTemplate(stack.template.content, {
    ...stack.parameters,
    ...toPseudoParameters(clients.target, stack.stackName),
  });
  const kept = [...resources].filter(([, each]) => outlives(each));
  const keyIds = kept
    .filter(([, { type }]) => type === 'AWS::KMS::Key')
    .map(([logicalId]) => logicalId);
  return kept.flatMap(([logicalId, { type, properties }]) => {
    const { BucketName: name, BucketEncryption } = properties;
    if (type !== 'AWS::S3::Bucket' || !isWholeName(name)) return [];
    const encryption = JSON.stringify(BucketEncryption) ?? '';
    const keyId = keyIds.find(id => encryption.includes(`["${id}","Arn"]`));
    return [{ logicalId, name, keyId }];
  });
}

/** Not one that only CloudFormation can make. */
const isWholeName = (name: unknown): name is string =>
  typeof name === 'string' && !name.includes('${');

const outlives = ({ deletionPolicy }: TemplateResource) =>
  deletionPolicy?.startsWith('Retain') ?? false;

async function addKeptBucket(
  options: Options,
  { logicalId, name, keyId }: KeptBucket,
  adoption: Adoption,
): Promise<void> {
  const { clients, files, signal } = options;
  const { entity } = files.deployment;
  const found = await findBucket({ clients, bucket: name, signal });
  if (!found) return;
  const foreign = findForeignBucket(found, entity);
  if (foreign) {
    adoption.problems.push(foreign);
    return;
  }
  await options.authorizeBucket(name);
  const type = 'AWS::S3::Bucket';
  adoption.resources.push({ logicalId, type, physicalId: name });
  if (keyId && found.key) await addKey(options, { found, keyId }, adoption);
}

async function addKey(
  { clients, files, signal }: Options,
  { found, keyId }: { found: FoundBucket; keyId: string },
  adoption: Adoption,
): Promise<void> {
  const key = await readKey({ clients, key: found.key!, signal });
  const isKnown = adoption.resources.some(each => each.physicalId === key.id);
  if (isKnown) return;
  const of = `Key ${key.arn}, which encrypts bucket ${found.name},`;
  if (!isOwnedBy(key.tags, files.deployment.entity)) {
    adoption.problems.push(
      `${of} is not ${files.deployment.entity}'s by its tag ${tagKeys.entity}. Name the bucket in project.yaml to use it as it is, or empty and delete it`,
    );
    return;
  }
  if (key.state !== 'Enabled') {
    adoption.problems.push(
      `${of} is ${key.state}${
        key.deletedAt
          ? ` and deleted on ${key.deletedAt.toISOString().slice(0, 10)}`
          : ''
      }: without it the data cannot be read. Cancel its deletion and enable it (aws kms cancel-key-deletion, aws kms enable-key), or empty and delete the bucket`,
    );
    return;
  }
  if (adoption.resources.some(each => each.logicalId === keyId)) {
    const names = adoption.resources
      .filter(each => each.type === 'AWS::S3::Bucket')
      .map(each => each.physicalId)
      .filter(name => name !== found.name);
    adoption.problems.push(
      `${of} is another than that of ${names.join(
        ' or ',
      )}, and the stack has one. Name the bucket in project.yaml to use it as it is, or empty and delete it`,
    );
    return;
  }
  const type = 'AWS::KMS::Key';
  adoption.resources.push({ logicalId: keyId, type, physicalId: key.id });
}
