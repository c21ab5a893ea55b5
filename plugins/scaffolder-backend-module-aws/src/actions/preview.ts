import { AuditorService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  BroaderPermission,
  CostPreview,
  PreviewedResource,
  StackPreview,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory, DataLakeConfig } from '@data-lake/aws';
import {
  estimateTemplateCost,
  listEndangered,
  parseTemplate,
  Preview,
  previewStack,
  Template,
  templateRules,
} from '@data-lake/cloudformation';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { examples } from './preview.examples';
import { toOutput } from './outputs';
import { readTemplate, requestInput, toRequest } from './stackRequest';

/** `aws:cloudformation:preview`: what a deployment would do. */
export function createPreviewAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  settings: DataLakeConfig;
}) {
  const { access, auditor, aws, settings } = options;
  return createTemplateAction({
    id: 'aws:cloudformation:preview',
    description:
      'Tells what deploying a CloudFormation stack would add, change, replace and remove, which permissions get broader, what holds data and is in danger, and the fixed monthly cost, by a real change set that is removed again.',
    supportsDryRun: true,
    examples,
    schema: {
      input: requestInput,
      output: {
        does: z =>
          toOutput(z, StackPreview.shape.does).describe(
            'What deploying would do to the stack',
          ),
        resources: z =>
          toOutput(z, PreviewedResource.array()).describe(
            'What is done to each resource, without values',
          ),
        broader: z =>
          toOutput(z, BroaderPermission.array()).describe(
            'Permissions that are there afterwards and not before',
          ),
        endangered: z =>
          z
            .array(z.string())
            .describe('Logical ids of what holds data and is in danger'),
        cost: z =>
          toOutput(z, CostPreview).describe(
            'What it costs a month by merely being there, at list prices of a region and day; what is not known is named',
          ),
        drift: z =>
          z
            .string()
            .describe(
              'What the newest drift detection found: IN_SYNC, DRIFTED, UNKNOWN; NOT_CHECKED where there was none',
            ),
        digest: z =>
          z
            .string()
            .describe('Names exactly this change: previewDigest of a deploy'),
      },
    },
    async handler(ctx) {
      const { account, region, stackName } = ctx.input;
      const text = await readTemplate(ctx.workspacePath, ctx.input);
      const template = parseTemplate(text, templateRules(settings, account));
      const seen = ctx.isDryRun
        ? dryPreview(template, ctx.input.parameters)
        : await preview();
      ctx.output('does', seen.does);
      ctx.output('resources', seen.resources);
      ctx.output('broader', seen.broader);
      ctx.output(
        'endangered',
        listEndangered(seen.resources).map(({ logicalId }) => logicalId),
      );
      ctx.output('cost', seen.cost);
      ctx.output('drift', seen.drift ?? 'NOT_CHECKED');
      ctx.output('digest', seen.digest);

      async function preview() {
        const place = { account, region, stackName };
        const roleArn = access.findServiceRole(account);
        const templateBucket = access.findTemplateBucket(account);
        const meta = { account, region, stackName, template: template.digest };
        const event = { auditor, ctx, eventId: 'stack-preview', meta };
        return audited(event, async note => {
          const owner = ctx.input.tags?.[tagKeys.owner];
          await access.assertMayUse(ctx, { ...place, owner });
          return previewStack({
            clients: aws.forTarget({ account, region }),
            request: toRequest(ctx, { template, roleArn, templateBucket }),
            log: line => ctx.logger.info(line),
            signal: ctx.signal,
            onChangeSet: changeSet => note({ changeSet }),
            assertMayTouch: access.toMayTouch(ctx, place),
          });
        });
      }
    },
  });
}

/** A dry run checks the template, and asks AWS nothing. */
function dryPreview(
  template: Template,
  parameters: Record<string, string> = {},
): Preview {
  return {
    does: 'create',
    resources: Object.entries(template.resourceTypes).map(
      ([logicalId, type]) => ({
        logicalId,
        type,
        does: 'added',
        properties: [],
        stateful: false,
      }),
    ),
    broader: [],
    cost: estimateTemplateCost(template, parameters),
    digest: template.digest,
    templateBytes: Buffer.byteLength(template.body),
  };
}
