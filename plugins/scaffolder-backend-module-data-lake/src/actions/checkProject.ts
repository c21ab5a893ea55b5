import { CatalogService } from '@backstage/plugin-catalog-node';
import { InputError } from '@backstage/errors';
import {
  ActionContext,
  createTemplateAction,
} from '@backstage/plugin-scaffolder-node';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  environmentNamePattern,
  projectNamePattern,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory } from '@data-lake/aws';
import {
  findTakenStack,
  listBucketProblems,
} from '@data-lake/plugin-data-lake-node';
import { AuditorService } from '@backstage/backend-plugin-api';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { examples } from './checkProject.examples';
import { bucketsInput, placeInput } from './inputs';

/** `data-lake:project:check`: all that stands against a project, told before anything is made. */
export function createCheckProjectAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  catalog: CatalogService;
}) {
  const { access, auditor, aws, catalog } = options;
  return createTemplateAction({
    id: 'data-lake:project:check',
    description:
      'Checks that a new project can be made: names free, account and region allowed for the owner, named buckets there and of that account. Makes nothing.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        name: z => z.string().describe('Name of the project'),
        environment: z => z.string().describe('Name of its first environment'),
        owner: z => z.string().describe('Entity ref of the owner'),
        ...placeInput,
        ...bucketsInput,
      },
      output: {
        entityRef: z => z.string().describe('Entity ref the project will have'),
        stackName: z => z.string().describe('Name its stack will have'),
      },
    },
    async handler(ctx) {
      const { name, environment, owner, account, region } = ctx.input;
      assertNames(name, environment);
      const entityRef = `component:default/${name}`;
      const stackName = toStackName(name, environment, 'foundations');
      ctx.output('entityRef', entityRef);
      ctx.output('stackName', stackName);
      if (ctx.isDryRun) return;
      const meta = { account, region, owner, stacks: [stackName] };
      const event = { auditor, ctx, eventId: 'project-check', meta };
      await audited(event, check);
      ctx.logger.info(
        `${entityRef} and stack ${stackName} are free in account ${account}, region ${region}`,
      );

      async function check() {
        await access.assertMayUse(ctx, { account, region, owner, stackName });
        const clients = aws.forTarget({ account, region });
        const { signal } = ctx;
        const problems = await listBucketProblems({
          clients,
          buckets: [ctx.input.dataBucket ?? '', ctx.input.codeBucket ?? ''],
          signal,
        });
        refuse(problems);
        // Once free, the names are this task's: a retry finds there what its first try made
        await ctx.checkpoint({
          key: `data-lake.project.check.${account}.${region}.${stackName}`,
          fn: async () => {
            const names = { clients, stackName, entity: entityRef, signal };
            const taken = await Promise.all([
              findTakenEntity(ctx, name),
              findTakenStack(names),
            ]);
            refuse(taken.filter(problem => problem !== undefined));
            return true;
          },
        });
      }
    },
  });

  /** A project brings a component, and a system where it joins none. */
  async function findTakenEntity(
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials'>,
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
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InputError(`Nothing was made. ${problems.join('. ')}`);
}

function assertNames(name: string, environment: string): void {
  if (!projectNamePattern.test(name)) {
    throw new InputError(
      `'${name}' is not a project name: 3 to 20 small letters, digits and dashes, a letter first, no dash last`,
    );
  }
  if (!environmentNamePattern.test(environment)) {
    throw new InputError(
      `'${environment}' is not an environment name: 2 to 8 small letters and digits, a letter first`,
    );
  }
}
