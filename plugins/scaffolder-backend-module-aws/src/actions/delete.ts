import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DeletionResult,
  deleteStack,
  describeDeletion,
  findStack,
  planStackDeletion,
} from '@data-lake/cloudformation';
import { auditStep } from '../auditStep';
import { deletionInput, waitInput, Z } from '../inputs';
import { OwnershipTags } from '../ownership';
import { assertMayUseStack } from './assertMayUseStack';
import { AwsServices } from './awsServices';
import { examples } from './delete.examples';
import { stackResources } from './outputs';
import { StackInput, stackInput } from './stackInput';
import { StepContext } from './stepContext';

/** Creates `aws:cloudformation:delete`, which lists what a deletion removes, and deletes once confirmed. */
export function createDeleteAction(services: AwsServices) {
  return createTemplateAction({
    id: 'aws:cloudformation:delete',
    description:
      'Lists what deleting a CloudFormation stack removes and what remains, and deletes the stack if its name is confirmed; objects in buckets only if that is requested. CloudFormation cannot cancel a deletion: a cancelled task reports what is left, and the deletion continues.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const result = ctx.isDryRun ? dryResult : await remove(services, ctx);
      ctx.output('status', result.status);
      ctx.output('deleted', result.deleted);
      ctx.output(
        'goes',
        result.goes.map(resource => ({ ...resource })),
      );
      ctx.output(
        'stays',
        result.stays.map(resource => ({ ...resource })),
      );
    },
  });
}

const input = {
  ...stackInput,
  entity: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Entity that the stack must belong to by its entity tag; default: the stack must have no such tag',
      ),
  confirm: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Name of the stack again; without it nothing is deleted'),
  ...deletionInput,
  ...waitInput,
};

const output = {
  status: (z: Z) =>
    z
      .string()
      .describe(
        'DELETE_COMPLETE, NOT_THERE, or the status of the stack if nothing was deleted',
      ),
  deleted: (z: Z) => z.boolean().describe('Whether this step deleted it'),
  goes: (z: Z) =>
    stackResources(z).describe('Resources that are deleted with the stack'),
  stays: (z: Z) =>
    stackResources(z).describe('Resources that remain by their DeletionPolicy'),
};

interface DeleteInput extends StackInput {
  entity?: string;
  confirm?: string;
  emptyBuckets?: boolean;
  timeoutMinutes?: number;
}

/** Deletes the stack if its name is confirmed; otherwise lists what a deletion would do. */
async function remove(
  services: AwsServices,
  ctx: StepContext<DeleteInput>,
): Promise<DeletionResult> {
  const { account, region, stackName } = ctx.input;
  const { confirm, emptyBuckets } = ctx.input;
  const meta = {
    account,
    region,
    stackName,
    confirmed: confirm !== undefined,
    emptyBuckets: emptyBuckets ?? false,
  };
  const { auditor } = services;
  const event = { auditor, ctx, eventId: 'stack-delete', meta };
  return auditStep(event, async () => {
    const options = await toDeletion(services, ctx);
    if (confirm !== undefined) {
      return deleteStack({ ...options, confirm, emptyBuckets });
    }
    const plan = await planStackDeletion(options);
    describeDeletion(plan).forEach(options.log);
    return { ...plan, deleted: false };
  });
}

async function toDeletion(
  services: AwsServices,
  ctx: StepContext<DeleteInput>,
): Promise<Parameters<typeof planStackDeletion>[0]> {
  const { account, region, stackName } = ctx.input;
  const { entity, timeoutMinutes } = ctx.input;
  const { access, aws, ownership } = services;
  const { signal } = ctx;
  const authorizeStack = await assertMayUseStack(services, ctx);
  const clients = aws.forTarget({ account, region });
  const stack = await findStack(clients, stackName, signal);
  if (stack) await authorizeStack(stack.tags);
  return {
    authorizeStack,
    clients,
    stackName,
    ownership: toOwnership(ownership, stack?.tags ?? {}, entity),
    timeoutMinutes,
    roleArn: access.findServiceRole(account),
    tokenPrefix: 'backstage',
    log: line => ctx.logger.info(line),
    signal,
  };
}

/** Every entity tag of the stack must name the entity; without an entity there must be none. */
export function toOwnership(
  ownership: readonly OwnershipTags[],
  tags: Readonly<Record<string, string>>,
  entityRef: string | undefined,
): { key: string; value: string | undefined }[] {
  const keys = ownership.map(({ entity }) => entity);
  const present = keys.filter(key => Object.hasOwn(tags, key));
  const required = present.length > 0 ? present : keys.slice(0, 1);
  return keys.map(key => ({
    key,
    value: required.includes(key) ? entityRef : undefined,
  }));
}

/** The result of a dry run, which does not call AWS. */
const dryResult: DeletionResult = {
  status: 'DRY_RUN',
  deleted: false,
  goes: [],
  stays: [],
  fullBuckets: [],
};
