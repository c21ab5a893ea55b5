import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  listEndangered,
  Preview,
  previewStack,
  previewTemplate,
  Template,
} from '@data-lake/cloudformation';
import { auditStep } from '../auditStep';
import { Z } from '../inputs';
import { assertMayUseStack } from './assertMayUseStack';
import { AwsServices } from './awsServices';
import { broaderPermissions, monthlyCost, previewedResources } from './outputs';
import { examples } from './preview.examples';
import { readTemplate } from './readTemplate';
import { SpecInput, specInput } from './stackInput';
import { StepContext } from './stepContext';
import { toDeploymentSpec } from './toDeploymentSpec';

/** Creates `aws:cloudformation:preview`, which describes what a deployment would do. */
export function createPreviewAction(services: AwsServices) {
  return createTemplateAction({
    id: 'aws:cloudformation:preview',
    description:
      'Describes what deploying a CloudFormation stack would add, change, replace and remove, which permissions get broader, which resources with data are in danger, and the fixed monthly cost. It uses a real change set, which it removes again.',
    supportsDryRun: true,
    examples,
    schema: { input: specInput, output },
    async handler(ctx) {
      const template = await readTemplate(services, ctx);
      const found = ctx.isDryRun
        ? previewTemplate(template, ctx.input.parameters)
        : await preview(services, ctx, template);
      ctx.output('does', found.does);
      ctx.output('resources', found.resources);
      ctx.output('broader', found.broader);
      ctx.output(
        'endangered',
        listEndangered(found.resources).map(({ logicalId }) => logicalId),
      );
      ctx.output('cost', found.cost);
      ctx.output('drift', found.drift ?? 'NOT_CHECKED');
      ctx.output('digest', found.digest);
    },
  });
}

const output = {
  does: (z: Z) =>
    z
      .enum(['create', 'update', 'replace', 'nothing'])
      .describe('What a deployment would do to the stack'),
  resources: (z: Z) =>
    previewedResources(z).describe(
      'What would happen to each resource; secret values are masked',
    ),
  broader: (z: Z) =>
    broaderPermissions(z).describe('Permissions that a deployment would add'),
  endangered: (z: Z) =>
    z
      .array(z.string())
      .describe('Logical ids of resources whose data is in danger'),
  cost: (z: Z) =>
    monthlyCost(z).describe(
      'Fixed monthly cost at list prices of a region and day; unknown costs are listed',
    ),
  drift: (z: Z) =>
    z
      .string()
      .describe(
        'Result of the newest drift detection: IN_SYNC, DRIFTED, UNKNOWN, or NOT_CHECKED if there was none',
      ),
  digest: (z: Z) =>
    z
      .string()
      .describe(
        'Identifies exactly this change: the previewDigest of a deployment',
      ),
};

async function preview(
  services: AwsServices,
  ctx: StepContext<SpecInput>,
  template: Template,
): Promise<Preview> {
  const { account, region, stackName } = ctx.input;
  const { auditor } = services;
  const meta = { account, region, stackName, template: template.digest };
  const event = { auditor, ctx, eventId: 'stack-preview', meta };
  return auditStep(event, async note =>
    previewStack({
      authorizeStack: await assertMayUseStack(services, ctx),
      clients: services.aws.forTarget({ account, region }),
      spec: toDeploymentSpec(services, ctx, template),
      log: line => ctx.logger.info(line),
      signal: ctx.signal,
      onChangeSet: changeSet => note({ changeSet }),
    }),
  );
}
