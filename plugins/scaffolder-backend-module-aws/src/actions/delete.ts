import { AuditorService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { StackResource } from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory } from '@data-lake/aws';
import { Deletion, deleteStack, findStack } from '@data-lake/cloudformation';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { examples } from './delete.examples';
import { toOutput } from './outputs';
import { stackInput } from './stackRequest';
import { deletionInput, waitInput, Z } from './inputs';

const resources = (z: Z) => toOutput(z, StackResource.array());

/** `aws:cloudformation:delete`: tells what goes and what stays, and deletes what is confirmed. */
export function createDeleteAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
}) {
  const { access, auditor, aws } = options;
  return createTemplateAction({
    id: 'aws:cloudformation:delete',
    description:
      "Tells what deleting a CloudFormation stack removes and what outlives it, and deletes it where its name is confirmed; the buckets' objects only where that is asked for. CloudFormation cannot cancel a deletion: a cancelled task tells what is left, and the deletion goes on.",
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...stackInput,
        entity: z =>
          z
            .string()
            .optional()
            .describe(
              'Entity that it must belong to, by its tag data-lake:entity; none: a stack without that tag',
            ),
        confirm: z =>
          z
            .string()
            .optional()
            .describe(
              "The stack's name once more; without it nothing is deleted",
            ),
        ...deletionInput,
        ...waitInput,
      },
      output: {
        status: z =>
          z
            .string()
            .describe('DELETE_COMPLETE, NOT_THERE, or its status if only told'),
        deleted: z => z.boolean().describe('Whether it was deleted now'),
        goes: z => resources(z).describe('What goes with the stack'),
        stays: z =>
          resources(z).describe('What outlives it, by its deletion policy'),
      },
    },
    async handler(ctx) {
      const { account, region, stackName } = ctx.input;
      const done = ctx.isDryRun ? dryDeletion() : await remove();
      ctx.output('status', done.status);
      ctx.output('deleted', done.deleted);
      ctx.output(
        'goes',
        done.goes.map(resource => ({ ...resource })),
      );
      ctx.output(
        'stays',
        done.stays.map(resource => ({ ...resource })),
      );

      async function remove() {
        const place = { account, region, stackName };
        const clients = aws.forTarget({ account, region });
        const { entity, confirm, emptyBuckets, timeoutMinutes } = ctx.input;
        const meta = {
          account,
          region,
          stackName,
          confirmed: confirm !== undefined,
          emptyBuckets: emptyBuckets ?? false,
        };
        const event = { auditor, ctx, eventId: 'stack-delete', meta };
        return audited(event, async () => {
          await access.assertMayUse(ctx, place);
          const stack = await findStack(clients, stackName, ctx.signal);
          if (stack) await access.toMayTouch(ctx, place)(stack.tags);
          return deleteStack({
            clients,
            stackName,
            entity,
            confirm,
            emptyBuckets,
            timeoutMinutes,
            roleArn: access.findServiceRole(account),
            log: line => ctx.logger.info(line),
            signal: ctx.signal,
          });
        });
      }
    },
  });
}

/** A dry run asks AWS nothing, and so knows nothing of the stack. */
const dryDeletion = (): Deletion => ({
  status: 'DRY_RUN',
  deleted: false,
  goes: [],
  stays: [],
  fullBuckets: [],
});
