import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import {
  DeployOptions,
  deployStack,
  Allowances,
  listEvents,
  StackEvent,
  toWorkName,
  Deployment,
  DeployRequest,
  findStack,
  readStackTemplate,
  parseTemplate,
  TemplateRules,
  defaultTemplateRules,
} from '@data-lake/cloudformation';
import { toDestination, isUnfinished, readState } from '@data-lake/s3-sync';
import { toDeployment } from '../spec/toProjectDeploymentSpec';
import { FormerRelease, listReleases } from './listReleases';

/** @public */
export interface RollbackOptions
  extends Pick<
    DeployOptions,
    'reports' | 'onChangeSet' | 'onCancel' | 'assertMayTouch'
  > {
  /** Of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Name of an environment; the first one where absent. */
  environment?: string;
  /** `releases/<digest>/`; the one before the present where absent, or that was begun before. */
  release?: string;
  /** What was chosen by the first try; absent: it is chosen now. See {@link chooseRollback}. */
  chosen?: RollbackChoice;
  /** Who asks, such as a task: trying again with the same one goes on with what was begun. */
  identity: string;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account that a template over 51,200 bytes goes by. */
  templateBucket?: string;
  /** See {@link templateRules}; absent: the resource types of a data lake, and no macros. */
  rules?: TemplateRules;
  allow?: Allowances;
  log: (line: string) => void;
  signal?: AbortSignal;
  timeoutMinutes?: number;
}

/** A switch as it was meant when it was asked for. @public */
export interface RollbackChoice {
  /** What ran then; empty: nothing. */
  from: string;
  to: string;
  /** How many switches there had been. */
  switches: number;
}

/**
 * Chooses what to switch to, once: kept by whoever may try again later, it keeps a retry from undoing what
 * the first try or somebody else has done since.
 *
 * @throws NotFoundError where there is no former release
 * @public
 */
export async function chooseRollback(
  options: Pick<
    RollbackOptions,
    'clients' | 'project' | 'environment' | 'release' | 'signal'
  >,
): Promise<RollbackChoice> {
  const { clients, project, environment, release, signal } = options;
  const { stackName, ...deployment } = toDeployment(project, environment);
  const releases = await listReleases({ clients, ...deployment, signal });
  return {
    from: releases.at(-1)?.prefix ?? '',
    to: release ?? findFormer(releases, stackName),
    switches: releases.length,
  };
}

/** @public */
export interface RolledBack extends Deployment {
  /** What runs now. */
  release: string;
  /** What ran before. */
  former: string;
}

/**
 * Switches an environment back to a release that it ran before. Only the pointer changes: the stack
 * keeps its present template and parameters. DAGs are not part of a release.
 *
 * Once done, the release that was left is the former one: a second rollback, by another asker, undoes
 * the first. The same asker's goes on with the first, or finds it done.
 *
 * @throws NotFoundError where there is no stack or no former release
 * @throws ConflictError where objects of that release are missing or were overwritten
 * @public
 */
export async function rollbackProject(
  options: RollbackOptions,
): Promise<RolledBack> {
  const { clients, project, environment, signal, log } = options;
  const { stackName, tags, ...deployment } = toDeployment(project, environment);
  const stack = await findStack(clients, stackName, signal);
  const bucket = stack?.outputs.CodeBucketName;
  if (!stack || !bucket) {
    throw new NotFoundError(
      `Stack ${stackName} is not deployed, so it has no release to go back to`,
    );
  }
  await options.assertMayTouch?.(stack.tags);
  const about = { clients, stackId: stack.id, signal };
  const content = await readStackTemplate(about);
  const template = parseTemplate(
    JSON.stringify(content),
    options.rules ?? defaultTemplateRules,
  );
  const toRequest = (release: string): DeployRequest => ({
    stackName,
    template,
    parameters: { ReleasePrefix: release },
    tags,
    identity: options.identity,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
  });
  const releases = await listReleases({ clients, ...deployment, signal });
  const begun = findBegun({
    last: (await listEvents({ ...about, newestPage: true })).at(-1),
    requests: toCandidates(releases, options.release).map(toRequest),
  });
  const { chosen } = options;
  if (chosen && !begun) assertAsChosen(chosen, releases, stackName);
  const release =
    begun ?? chosen?.to ?? options.release ?? findFormer(releases, stackName);
  const former = chosen?.from ?? findLeft(releases, begun) ?? '';
  assertReleasePrefix(release);
  await assertWhole({ clients, bucket, release, signal });
  log(
    begun
      ? `${stackName} was switched to ${release} here before. To leave it again, name a release`
      : `Switching ${stackName} from ${former || 'no release'} to ${release}`,
  );
  const done = await deployStack({ ...options, request: toRequest(release) });
  return { ...done, release, former };
}

/** Either nothing was switched since, or just what was chosen. */
function assertAsChosen(
  { from, to, switches }: RollbackChoice,
  releases: readonly FormerRelease[],
  stackName: string,
): void {
  const present = releases.at(-1)?.prefix ?? '';
  const isUntouched = present === from && releases.length === switches;
  const isDone = present === to && releases.length <= switches + 1;
  if (isUntouched || isDone) return;
  throw new ConflictError(
    `${stackName} has been switched since this rollback from ${from} to ${to} was begun, and runs ${present}. Nothing was changed. Start a new rollback where that is still meant`,
  );
}

const toCandidates = (
  releases: readonly FormerRelease[],
  asked: string | undefined,
) => (asked ? [asked] : [...new Set(releases.map(({ prefix }) => prefix))]);

/** The release that the same asker has begun to switch to, perhaps in a process that was killed. */
function findBegun(options: {
  /** The stack's newest event. */
  last: StackEvent | undefined;
  requests: readonly DeployRequest[];
}): string | undefined {
  const { last, requests } = options;
  return requests.find(request =>
    last?.token?.startsWith(`${toWorkName(request)}-`),
  )?.parameters.ReleasePrefix;
}

/** What runs, or ran until the switch that was begun. */
const findLeft = (
  releases: readonly FormerRelease[],
  begun: string | undefined,
) => releases.findLast(({ prefix }) => prefix !== begun)?.prefix;

/** The one that ran last and is not the present one. */
function findFormer(
  releases: readonly FormerRelease[],
  stackName: string,
): string {
  const present = releases.at(-1)?.prefix;
  const former = releases.findLast(({ prefix }) => prefix !== present);
  if (former) return former.prefix;
  throw new NotFoundError(
    `${stackName} has run ${
      present ? `no release but ${present}` : 'no release yet'
    }, so there is none to go back to`,
  );
}

function assertReleasePrefix(release: string): void {
  if (!/^releases\/[A-Za-z0-9][A-Za-z0-9-]{0,127}\/$/.test(release)) {
    throw new InputError(
      `'${release}' is not a release; it looks like releases/<digest>/`,
    );
  }
}

/** A release that was pruned, or written over, must not be switched to. */
async function assertWhole(options: {
  clients: AwsClients;
  bucket: string;
  release: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { release, bucket } = options;
  const to = toDestination({ ...options, prefix: release });
  const { known, etags } = await readState(to);
  const place = `s3://${bucket}/${release}`;
  if (known.size === 0) {
    throw new NotFoundError(
      `There is no release at ${place}. Deploy its commit again`,
    );
  }
  const missing = [...known.values()].find(
    ({ path, etag }) => etags.get(path) !== etag,
  );
  if (isUnfinished(known) || missing) {
    throw new ConflictError(
      `Release ${place} is not whole: ${missing?.path} is missing or was overwritten. Deploy its commit again`,
    );
  }
}
