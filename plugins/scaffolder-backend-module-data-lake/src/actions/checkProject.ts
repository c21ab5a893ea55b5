import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { AwsClients, readMwaaEnvironment } from '@data-lake/aws';
import {
  toEntityRef,
  toPrefix,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import {
  authorizeEnvironment,
  findTakenStack,
  listBucketProblems,
  listKeptProblems,
} from '@data-lake/plugin-data-lake-node';
import {
  auditStep,
  targetInput,
  Z,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import { Answers, assertAnswers } from './answers';
import { examples } from './checkProject.examples';
import { DataLakeServices } from './dataLakeServices';
import { findCollision } from './findCollision';
import { findFullRole } from './findFullRole';
import { findRival } from './findRival';
import { bucketsInput } from './inputs';
import { StepContext } from './stepContext';

/** Creates `data-lake:project:check`, which lists everything in the way of a new project before anything is created. */
export function createCheckProjectAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:project:check',
    description:
      'Checks that a new project can be created: its names are free and begin as no other project’s, account and region are open to the owner, and the buckets it names exist in that account. Creates nothing.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { name, environment, account, region } = ctx.input;
      assertAnswers(ctx.input, 'Nothing was created');
      const entityRef = toEntityRef(name);
      const stackName = toStackName(name, environment, 'foundations');
      ctx.output('entityRef', entityRef);
      ctx.output('stackName', stackName);
      if (ctx.isDryRun) return;
      await check(services, ctx, { entityRef, stackName });
      ctx.logger.info(
        `${entityRef} and stack ${stackName} are free in account ${account}, region ${region}`,
      );
    },
  });
}

const input = {
  name: (z: Z) => z.string().describe('Name of the project'),
  environment: (z: Z) => z.string().describe('Name of its first environment'),
  owner: (z: Z) => z.string().describe('Entity ref of the owner'),
  ...targetInput,
  ...bucketsInput,
  description: (z: Z) =>
    z.string().optional().describe('Description of the project, one line'),
  system: (z: Z) =>
    z
      .string()
      .optional()
      .describe('System of the catalog that it joins; default its own'),
  mwaaEnvironment: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Existing MWAA environment; default none, the project makes it',
      ),
  mwaaNetwork: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Network of a new MWAA environment, sg-…,subnet-…,subnet-…; empty: a new VPC',
      ),
  alertEmail: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Address that is told of failed runs; empty: none'),
  emrSubnet: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Subnet of the clusters of EMR; empty: that of the MWAA environment',
      ),
};

const output = {
  entityRef: (z: Z) => z.string().describe('Entity ref of the new project'),
  stackName: (z: Z) => z.string().describe('Name of its foundations stack'),
};

type CheckInput = Answers &
  Record<'name' | 'environment' | 'owner' | 'account' | 'region', string>;

async function check(
  services: DataLakeServices,
  ctx: StepContext<CheckInput>,
  { entityRef, stackName }: { entityRef: string; stackName: string },
): Promise<void> {
  const { name, environment, owner, account, region } = ctx.input;
  const { dataBucket = '', codeBucket = '' } = ctx.input;
  const { access, auditor, aws } = services;
  const meta = { account, region, owner, stacks: [stackName] };
  const event = { auditor, ctx, eventId: 'project-check', meta };
  await auditStep(event, async () => {
    const credentials = await ctx.getInitiatorCredentials();
    const target = { account, region, owner, stackName };
    await access.assertMayUse(credentials, target);
    const clients = aws.forTarget({ account, region });
    const { signal } = ctx;
    const buckets = [dataBucket, codeBucket];
    const airflow = await findAirflow(ctx, clients);
    refuse([
      ...(await listBucketProblems({ clients, buckets, signal })),
      ...airflow.problems,
    ]);
    await authorizeEnvironment(access, {
      credentials,
      clients,
      owner,
      stackNames: [],
      buckets: [...buckets, airflow.bucket],
      signal,
    });
    // once free, the names are this task's: a retry finds there what its first try created
    await ctx.checkpoint({
      key: `data-lake.project.check.${account}.${region}.${stackName}`,
      fn: async () => {
        const about = { clients, entityRef, signal };
        const prefix = toPrefix(name, environment);
        const taken = await Promise.all([
          findRival(services, ctx, name),
          findTakenEntity(services, ctx, name),
          findMissingSystem(services, ctx),
          findTakenStack({ ...about, stackName, entity: entityRef }),
          findCollision(services, { ...about, prefix }),
        ]);
        const kept = { clients, prefix, entity: entityRef, signal };
        refuse([
          ...taken.filter(problem => problem !== undefined),
          ...(await listKeptProblems(kept)),
        ]);
        return true;
      },
    });
  });
}

/** Finds what is in the way of DAGs in an existing MWAA environment, and the bucket they go to; empty for a new one. */
async function findAirflow(
  ctx: StepContext<CheckInput>,
  clients: AwsClients,
): Promise<{ problems: string[]; bucket: string }> {
  const { name, environment, mwaaEnvironment } = ctx.input;
  if (!mwaaEnvironment) return { problems: [], bucket: '' };
  const { bucket, executionRole } = await readMwaaEnvironment({
    clients,
    name: mwaaEnvironment,
    signal: ctx.signal,
  });
  const full = await findFullRole(ctx, {
    clients,
    role: executionRole,
    prefix: toPrefix(name, environment),
  });
  return { problems: full ? [full] : [], bucket };
}

/** A project brings a component, and a system unless it joins one. */
async function findTakenEntity(
  { catalog }: DataLakeServices,
  ctx: Pick<StepContext<unknown>, 'getInitiatorCredentials'>,
  name: string,
): Promise<string | undefined> {
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: ['component', 'system'].map(k => `${k}:default/${name}`) },
    { credentials: await ctx.getInitiatorCredentials() },
  );
  const taken = items.find(item => item !== undefined);
  if (!taken) return undefined;
  return `The name is taken: the catalog has ${stringifyEntityRef(
    taken,
  )}. Choose another project name`;
}

/** A project that joins a system would be an entity of none, if there is no such system. */
async function findMissingSystem(
  { catalog }: DataLakeServices,
  ctx: StepContext<CheckInput>,
): Promise<string | undefined> {
  const { name, system } = ctx.input;
  if (!system) return undefined;
  const defaults = { defaultKind: 'system', defaultNamespace: 'default' };
  const ref = stringifyEntityRef(parseEntityRef(system, defaults));
  if (ref === `system:default/${name}`) return undefined;
  const credentials = await ctx.getInitiatorCredentials();
  if (await catalog.getEntityByRef(ref, { credentials })) return undefined;
  return `The catalog has no ${ref}. Choose an existing system, or leave it empty`;
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InputError(`Nothing was created. ${problems.join('. ')}`);
}
