import { InputError, NotFoundError } from '@backstage/errors';
import {
  Project,
  tokenPrefix,
  toOwnership,
} from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import {
  defaultTemplateRules,
  DeploymentSpec,
  findStack,
  listEvents,
  parseTemplate,
  readStackTemplateText,
  StackEvent,
  StackState,
  TemplateRules,
  toWorkName,
} from '@data-lake/cloudformation';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { toCodeBucket } from '../spec/toCodeBucket';
import { listProjectStacks } from '../spec/listProjectStacks';
import { toProjectDeploymentSpec } from '../spec/toProjectDeploymentSpec';
import { toStackRules } from '../spec/toStackRules';
import { getFormerRelease, RollbackChoice } from './chooseRollback';
import { FormerRelease, listReleases } from './listReleases';
import { readReleaseState, ReleaseState } from './readReleaseState';

/**
 * Options of `planRollback`; `authorizeStack` receives the stack's tags before anything else is read.
 *
 * @public
 */
export interface RollbackPlanOptions
  extends Pick<EnvironmentAuthority, 'authorizeStack'> {
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  /** Name of an environment; optional, default the first one. */
  environment?: string;
  /** `releases/<digest>/`; optional, default the one that an earlier try switched to, else the one before the present. */
  release?: string;
  /** Choice of the first try; optional, default a new choice. See `chooseRollback`. */
  chosen?: RollbackChoice;
  /** Identity of the caller, such as a task: a retry with the same one continues what the first try started. */
  identity: string;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account for templates over 51,200 bytes, which are uploaded there temporarily. */
  templateBucket?: string;
  /** Optional, default the resource types of a data lake and no macros. */
  rules?: TemplateRules;
  signal?: AbortSignal;
}

/** Plan of a switch to a former release. */
export interface RollbackPlan {
  stackName: string;
  /** Release to switch to. */
  release: string;
  /** Release that runs, or ran until the switch that an earlier try started; empty for none. */
  former: string;
  /** Whether an earlier try of the same caller has started the switch. */
  isStarted: boolean;
  /** URL of the release in the code bucket. */
  s3Url: string;
  releaseState: ReleaseState;
  /** All releases so far, the present one last. */
  releases: FormerRelease[];
  spec: DeploymentSpec;
}

/**
 * Plans a switch of an environment to a release that it ran before. Changes nothing.
 *
 * @throws NotFoundError if there is no stack or no former release
 * @throws InputError if `release` is not the prefix of a release
 */
export async function planRollback(
  options: RollbackPlanOptions,
): Promise<RollbackPlan> {
  const { clients, project, environment, chosen, signal } = options;
  const deployment = toProjectDeploymentSpec(project, environment);
  const { stackName } = deployment;
  const stack = await getReleasedStack(options, stackName);
  const bucket = toCodeBucket(deployment);
  const toSpec = await readToSpec(options, stack);
  const releases = await listReleases({ clients, ...deployment, signal });
  const source = { clients, stackId: stack.id, newestPage: true, signal };
  const started = findStartedRelease({
    last: (await listEvents(source)).at(-1),
    specs: listCandidates(releases, options.release).map(toSpec),
  });
  const release =
    started ??
    chosen?.to ??
    options.release ??
    getFormerRelease(releases, stackName);
  assertReleasePrefix(release);
  return {
    stackName,
    release,
    former: chosen?.from ?? findLeftRelease(releases, started) ?? '',
    isStarted: started !== undefined,
    s3Url: `s3://${bucket}/${release}`,
    releaseState: await readReleaseState({ clients, bucket, release, signal }),
    releases,
    spec: toSpec(release),
  };
}

async function getReleasedStack(
  { clients, authorizeStack, signal }: RollbackPlanOptions,
  stackName: string,
): Promise<StackState> {
  const stack = await findStack(clients, stackName, signal);
  if (stack?.outputs.CodeBucketName === undefined) {
    throw new NotFoundError(
      `Stack ${stackName} is not deployed, so it has no release to go back to`,
    );
  }
  await authorizeStack(stack.tags);
  return stack;
}

/** Reads the stack's present template, which a rollback keeps. @returns a function of the release */
async function readToSpec(
  options: RollbackPlanOptions,
  stack: StackState,
): Promise<(release: string) => DeploymentSpec> {
  const { clients, project, environment, signal } = options;
  const { identity, roleArn, templateBucket } = options;
  const { rules = defaultTemplateRules } = options;
  const deployment = toProjectDeploymentSpec(project, environment);
  const { stackName, tags, entity } = deployment;
  const text = await readStackTemplateText({
    clients,
    stackId: stack.id,
    signal,
  });
  const stacks = listProjectStacks(project, environment);
  const template = parseTemplate(text, toStackRules(rules, deployment, stacks));
  return release => ({
    stackName,
    template,
    // a boundary that was added must be sent
    keepsTemplate: template.body === text,
    parameters: { ReleasePrefix: release },
    tags,
    ownership: toOwnership(entity),
    identity,
    tokenPrefix,
    roleArn,
    templateBucket,
  });
}

const listCandidates = (
  releases: readonly FormerRelease[],
  requested: string | undefined,
) =>
  requested ? [requested] : [...new Set(releases.map(({ prefix }) => prefix))];

/** Finds the release that the same caller has started to switch to, perhaps in a process that was killed. */
function findStartedRelease(options: {
  /** The stack's newest event. */
  last: StackEvent | undefined;
  specs: readonly DeploymentSpec[];
}): string | undefined {
  const { last, specs } = options;
  return specs.find(spec => last?.token?.startsWith(`${toWorkName(spec)}-`))
    ?.parameters.ReleasePrefix;
}

/** Finds the release that runs, or ran until the switch that was started. */
const findLeftRelease = (
  releases: readonly FormerRelease[],
  started: string | undefined,
) => releases.findLast(({ prefix }) => prefix !== started)?.prefix;

function assertReleasePrefix(release: string): void {
  if (!/^releases\/[A-Za-z0-9][A-Za-z0-9-]{0,127}\/$/.test(release)) {
    throw new InputError(
      `'${release}' is not a release: it must look like releases/<digest>/`,
    );
  }
}
