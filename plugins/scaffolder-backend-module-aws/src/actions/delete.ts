import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  DeletionResult,
  deleteStack,
  findStack,
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

async function remove(
  services: AwsServices,
  ctx: StepContext<DeleteInput>,
): Promise<DeletionResult> {
  const { account, region, stackName } = ctx.input;
  const { entity, confirm, emptyBuckets, timeoutMinutes } = ctx.input;
  const { access, auditor, aws, ownership } = services;
  const meta = {
    account,
    region,
    stackName,
    confirmed: confirm !== undefined,
    emptyBuckets: emptyBuckets ?? false,
  };
  const event = { auditor, ctx, eventId: 'stack-delete', meta };
  return auditStep(event, async () => {
    const authorizeStack = await assertMayUseStack(services, ctx);
    const clients = aws.forTarget({ account, region });
    const stack = await findStack(clients, stackName, ctx.signal);
    if (stack) await authorizeStack(stack.tags);
    return deleteStack({
      clients,
      stackName,
      ownership: toOwnership(ownership, stack?.tags ?? {}, entity),
      confirm,
      emptyBuckets,
      timeoutMinutes,
      roleArn: access.findServiceRole(account),
      tokenPrefix: 'backstage',
      log: line => ctx.logger.info(line),
      signal: ctx.signal,
    });
  });
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
