import {
  AuditorService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import {
  dataLakeEnvironmentDeletePermission,
  parseEnvironments,
} from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory } from '@data-lake/aws';
import {
  deleteEnvironment,
  readRemovable,
} from '@data-lake/plugin-data-lake-node';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { AccountAccess } from '../access';
import { audited, toNoteChangeSet } from '../audit';
import { EntityAccess } from '../entityAccess';
import { examples } from './deleteEnvironment.examples';
import { deletionInput, waitInput } from './inputs';

/** `data-lake:environment:delete`: tears down what the catalog says an environment is. */
export function createDeleteEnvironmentAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  entities: EntityAccess;
  reader: UrlReaderService;
}) {
  const { access, auditor, aws, entities, reader } = options;
  return createTemplateAction({
    id: 'data-lake:environment:delete',
    description:
      "Tells what tearing down an environment removes and what stays, and does so where its name is confirmed: waits for the DAG's runs and pauses it, then its files, then the stacks. A cancelled task begins no other stack; CloudFormation cannot cancel the deletion of one.",
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        entityRef: z => z.string().describe('The entity'),
        environment: z => z.string().describe('Name of the environment'),
        confirm: z =>
          z
            .string()
            .optional()
            .describe('<project>-<environment>; without it nothing is deleted'),
        ...deletionInput,
        removeData: z =>
          z
            .boolean()
            .optional()
            .describe(
              'true: what would outlive the stacks (buckets and their objects, keys) goes too. Needs removable: true of the environment in project.yaml on the main branch',
            ),
        ...waitInput,
      },
      output: {
        stacks: z =>
          z
            .array(z.object({ name: z.string(), status: z.string() }))
            .describe('The stacks, in the order of their deletion'),
        stays: z => z.array(z.string()).describe('What stays, by its name'),
      },
    },
    async handler(ctx) {
      const { entityRef, environment: name } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would tear down ${name} of ${entityRef}`);
        ctx.output('stacks', []);
        ctx.output('stays', []);
        return;
      }
      const { confirm, emptyBuckets, removeData, timeoutMinutes } = ctx.input;
      const meta = {
        entityRef,
        environment: name,
        confirmed: confirm !== undefined,
        emptyBuckets: emptyBuckets ?? false,
        removeData: removeData ?? false,
      };
      const event = { auditor, ctx, eventId: 'environment-delete', meta };
      const done = await audited(event, remove);
      ctx.output(
        'stacks',
        done.stacks.map(stack => ({ name: stack.name, status: stack.status })),
      );
      ctx.output(
        'stays',
        done.stacks.flatMap(({ stays }) =>
          stays.map(({ physicalId, logicalId }) => physicalId ?? logicalId),
        ),
      );

      async function remove(note: (more: JsonObject) => void) {
        const { entity, owner } = await entities.readEntity(
          ctx,
          entityRef,
          dataLakeEnvironmentDeletePermission,
        );
        const environment = parseEnvironments(entity).find(
          each => each.name === name,
        );
        if (!environment) {
          throw new InputError(`${entityRef} has no environment ${name}`);
        }
        const { account, region } = environment;
        const stacks = environment.stacks.map(stack => stack.name);
        note({ account, region, stacks });
        for (const stackName of stacks) {
          await access.assertMayUse(ctx, { account, region, owner, stackName });
        }
        const { signal } = ctx;
        const asked = { entity, environment: name, reader, signal };
        return deleteEnvironment({
          clients: aws.forTarget({ account, region }),
          environment,
          entityRef: stringifyEntityRef(entity),
          removable: removeData && (await readRemovable(asked)),
          confirm,
          emptyBuckets,
          removeData,
          timeoutMinutes,
          roleArn: access.findServiceRole(account),
          templateBucket: access.findTemplateBucket(account),
          onChangeSet: toNoteChangeSet(note),
          log: line => ctx.logger.info(line),
          signal,
        });
      }
    },
  });
}
