import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Note, toNoteChangeSet } from '@data-lake/aws';
import {
  DeletionPreview,
  NamedResource,
  parseEnvironments,
} from '@data-lake/plugin-data-lake-common';
import {
  authorizeEnvironment,
  deleteEnvironment,
  DeletionPlanOptions,
  getOwner,
  previewEnvironmentDeletion,
  readRemovable,
} from '@data-lake/plugin-data-lake-node';
import {
  auditStep,
  deletionInput,
  waitInput,
  Z,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import { assertNotCancelled } from './assertNotCancelled';
import { DataLakeServices } from './dataLakeServices';
import { examples } from './deleteEnvironment.examples';
import { StepContext } from './stepContext';

/** Creates `data-lake:environment:delete`, which deletes an environment as the catalog describes it. */
export function createDeleteEnvironmentAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:environment:delete',
    description:
      "Lists what deleting an environment removes and what remains, and deletes it if its name is confirmed: waits for the DAG's runs and pauses it, then deletes its files, then the stacks. A cancelled task starts no other stack; CloudFormation cannot cancel the deletion of a stack.",
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { entityRef, environment } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would delete ${environment} of ${entityRef}`);
      }
      const { stacks, beside } = ctx.isDryRun
        ? nothing
        : await remove(services, ctx);
      ctx.output(
        'stacks',
        stacks.map(({ name, status }) => ({ name, status })),
      );
      ctx.output('stays', listStays({ stacks, beside }));
    },
  });
}

const input = {
  entityRef: (z: Z) => z.string().describe('Entity of the project'),
  environment: (z: Z) => z.string().describe('Name of the environment'),
  confirm: (z: Z) =>
    z
      .string()
      .optional()
      .describe('<project>-<environment>; without it nothing is deleted'),
  ...deletionInput,
  removeData: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: also delete what would remain (buckets with their objects, keys, log groups), also that of an earlier deletion. Requires removable: true of the environment in project.yaml on the main branch',
      ),
  ...waitInput,
};

const output = {
  stacks: (z: Z) =>
    z
      .array(z.object({ name: z.string(), status: z.string() }))
      .describe('The stacks, in the order of their deletion'),
  stays: (z: Z) =>
    z
      .array(
        z.object({ type: z.string(), name: z.string(), meaning: z.string() }),
      )
      .describe('The resources that remain, and what they are for'),
};

type Deletion = Pick<DeletionPreview, 'stacks' | 'beside'>;

const nothing: Deletion = { stacks: [], beside: { goes: [], stays: [] } };

/** A key that was deleted remains for a while too. */
const listStays = ({ stacks, beside }: Deletion): NamedResource[] => [
  ...stacks.flatMap(({ goes, stays }) =>
    [...stays, ...goes.filter(({ meaning }) => meaning)].map(
      ({ type, physicalId, logicalId, meaning = type }) => ({
        type,
        name: physicalId ?? logicalId,
        meaning,
      }),
    ),
  ),
  ...beside.stays,
];

interface DeleteInput {
  entityRef: string;
  environment: string;
  confirm?: string;
  emptyBuckets?: boolean;
  removeData?: boolean;
  timeoutMinutes?: number;
}

/** Deletes the environment if its name is confirmed; otherwise lists what a deletion would do. */
async function remove(
  services: DataLakeServices,
  ctx: StepContext<DeleteInput>,
): Promise<Deletion> {
  const { entityRef, environment } = ctx.input;
  const { confirm, emptyBuckets, removeData } = ctx.input;
  const { access, auditor } = services;
  const meta = {
    entityRef,
    environment,
    confirmed: confirm !== undefined,
    emptyBuckets: emptyBuckets ?? false,
    removeData: removeData ?? false,
  };
  const event = { auditor, ctx, eventId: 'environment-delete', meta };
  return auditStep(event, async note => {
    const plan = await toPlanOptions(services, ctx, note);
    if (confirm === undefined) return previewEnvironmentDeletion(plan);
    await assertNotCancelled(services, ctx);
    const { account } = plan.environment;
    return deleteEnvironment({
      ...plan,
      confirm,
      emptyBuckets,
      roleArn: access.findServiceRole(account),
      onChangeSet: toNoteChangeSet(note),
    });
  });
}

async function toPlanOptions(
  services: DataLakeServices,
  ctx: StepContext<DeleteInput>,
  note: Note,
): Promise<DeletionPlanOptions> {
  const { access, aws, reader } = services;
  const { removeData, timeoutMinutes } = ctx.input;
  const { entity, environment } = await readEnvironment(services, ctx);
  const { account, region, name } = environment;
  const clients = aws.forTarget({ account, region });
  const stackNames = environment.stacks.map(stack => stack.name);
  note({ account, region, stacks: stackNames });
  const { signal } = ctx;
  const authority = await authorizeEnvironment(access, {
    credentials: await ctx.getInitiatorCredentials(),
    clients,
    owner: getOwner(entity),
    stackNames,
    signal,
  });
  const repository = { entity, environment: name, reader, signal };
  return {
    ...authority,
    clients,
    environment,
    entityRef: stringifyEntityRef(entity),
    removable: removeData && (await readRemovable(repository)),
    removeData,
    timeoutMinutes,
    templateBucket: access.findTemplateBucket(account),
    log: line => ctx.logger.info(line),
    signal,
  };
}

/** Reads the environment from the catalog, if the caller may delete those of its entity. */
async function readEnvironment(
  { entities }: DataLakeServices,
  ctx: StepContext<DeleteInput>,
) {
  const { entityRef, environment: name } = ctx.input;
  const credentials = await ctx.getInitiatorCredentials();
  const entity = await entities.readEntity(credentials, entityRef, 'delete');
  const environment = parseEnvironments(entity).find(
    each => each.name === name,
  );
  if (!environment) {
    throw new InputError(`${entityRef} has no environment ${name}`);
  }
  return { entity, environment };
}
