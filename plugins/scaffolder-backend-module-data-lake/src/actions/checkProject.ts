import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  environmentNamePattern,
  projectNamePattern,
  toEntityRef,
  toPrefix,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import {
  authorizeEnvironment,
  findTakenStack,
  listBucketProblems,
} from '@data-lake/plugin-data-lake-node';
import {
  auditStep,
  targetInput,
  Z,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import { examples } from './checkProject.examples';
import { DataLakeServices } from './dataLakeServices';
import { findCollision } from './findCollision';
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
      assertNames(name, environment);
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
};

const output = {
  entityRef: (z: Z) => z.string().describe('Entity ref of the new project'),
  stackName: (z: Z) => z.string().describe('Name of its foundations stack'),
};

interface CheckInput {
  name: string;
  environment: string;
  owner: string;
  account: string;
  region: string;
  dataBucket?: string;
  codeBucket?: string;
}

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
    refuse(await listBucketProblems({ clients, buckets, signal }));
    const stackNames: string[] = [];
    const claim = { credentials, clients, owner, stackNames, buckets, signal };
    await authorizeEnvironment(access, claim);
    // once free, the names are this task's: a retry finds there what its first try created
    await ctx.checkpoint({
      key: `data-lake.project.check.${account}.${region}.${stackName}`,
      fn: async () => {
        const about = { clients, entityRef, signal };
        const taken = await Promise.all([
          findTakenEntity(services, ctx, name),
          findTakenStack({ ...about, stackName, entity: entityRef }),
          findCollision(services, {
            ...about,
            prefix: toPrefix(name, environment),
          }),
        ]);
        refuse(taken.filter(problem => problem !== undefined));
        return true;
      },
    });
  });
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

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InputError(`Nothing was created. ${problems.join('. ')}`);
}

function assertNames(name: string, environment: string): void {
  if (!projectNamePattern.test(name)) {
    throw new InputError(
      `'${name}' is not a project name: 3 to 20 lower-case letters, digits and dashes, starting with a letter and not ending in a dash`,
    );
  }
  if (!environmentNamePattern.test(environment)) {
    throw new InputError(
      `'${environment}' is not an environment name: 2 to 8 lower-case letters and digits, starting with a letter`,
    );
  }
}
