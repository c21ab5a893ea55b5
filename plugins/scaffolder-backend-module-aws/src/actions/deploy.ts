import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { consoleUrl } from '@data-lake/aws';
import {
  DeploymentResult,
  deployStack,
  Template,
} from '@data-lake/cloudformation';
import { auditStep } from '../auditStep';
import {
  allowanceInput,
  cancelInput,
  recoveryInput,
  waitInput,
  Z,
} from '../inputs';
import { taskReports } from '../taskReports';
import { assertMayUseStack } from './assertMayUseStack';
import { AwsServices } from './awsServices';
import { examples } from './deploy.examples';
import { readTemplate } from './readTemplate';
import { SpecInput, specInput } from './stackInput';
import { StepContext } from './stepContext';
import { toDeploymentSpec } from './toDeploymentSpec';

/** Creates `aws:cloudformation:deploy`, which brings a stack to what a template and parameters say. */
export function createDeployAction(services: AwsServices) {
  return createTemplateAction({
    id: 'aws:cloudformation:deploy',
    description:
      'Creates or updates a CloudFormation stack by a change set, follows its events, and returns its outputs. Run again, it continues what it started.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const template = await readTemplate(services, ctx);
      const deployment = ctx.isDryRun
        ? toDryResult(ctx.input, template)
        : await deploy(services, ctx, template);
      ctx.output('stackId', deployment.stackId);
      ctx.output('status', deployment.status);
      ctx.output('outputs', deployment.outputs);
      ctx.output('changes', { ...deployment.changes });
      ctx.output('changeSet', deployment.changeSetName ?? '');
      ctx.output('consoleUrl', deployment.consoleUrl);
    },
  });
}

const input = {
  ...specInput,
  ...allowanceInput,
  previewDigest: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Digest of a preview: only exactly that change is executed'),
  wait: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'false: continue once CloudFormation has started; a later step with the same input waits for completion',
      ),
  ...cancelInput,
  ...recoveryInput,
  ...waitInput,
};

const output = {
  stackId: (z: Z) => z.string().describe('ARN of the stack'),
  status: (z: Z) =>
    z.string().describe('Status of the stack, such as CREATE_COMPLETE'),
  outputs: (z: Z) => z.record(z.string()).describe('Outputs of the stack'),
  changes: (z: Z) =>
    z
      .object({
        added: z.array(z.string()),
        changed: z.array(z.string()),
        replaced: z.array(z.string()),
        removed: z.array(z.string()),
      })
      .describe('Resources that were added, changed, replaced and removed'),
  changeSet: (z: Z) =>
    z
      .string()
      .describe('Name of the executed change set; empty if nothing changed'),
  consoleUrl: (z: Z) => z.string().describe('The stack in the AWS console'),
};

interface DeployInput extends SpecInput {
  allowReplacement?: boolean;
  allowBroaderPermissions?: boolean;
  previewDigest?: string;
  wait?: boolean;
  onCancel?: 'leave' | 'rollback';
  continueRollback?: boolean;
  resourcesToSkip?: string[];
  timeoutMinutes?: number;
}

async function deploy(
  services: AwsServices,
  ctx: StepContext<DeployInput>,
  template: Template,
): Promise<DeploymentResult> {
  const { account, region, stackName } = ctx.input;
  const { allowReplacement, allowBroaderPermissions } = ctx.input;
  const meta = {
    account,
    region,
    stackName,
    template: template.digest,
    allowReplacement: allowReplacement ?? false,
    allowBroaderPermissions: allowBroaderPermissions ?? false,
  };
  const { auditor } = services;
  const event = { auditor, ctx, eventId: 'stack-deploy', meta };
  return auditStep(event, async note =>
    deployStack({
      authorizeStack: await assertMayUseStack(services, ctx),
      clients: services.aws.forTarget({ account, region }),
      spec: toDeploymentSpec(services, ctx, template),
      log: line => ctx.logger.info(line),
      signal: ctx.signal,
      onCancel: ctx.input.onCancel,
      wait: ctx.input.wait,
      timeoutMinutes: ctx.input.timeoutMinutes,
      allow: { allowReplacement, allowBroaderPermissions },
      continueRollback: ctx.input.continueRollback,
      resourcesToSkip: ctx.input.resourcesToSkip,
      previewDigest: ctx.input.previewDigest,
      reports: taskReports(ctx),
      onChangeSet: changeSet => note({ changeSet }),
    }),
  );
}

/** Describes a dry run, which checks the template and does not call AWS. */
function toDryResult(
  { account, region, stackName }: SpecInput,
  template: Template,
): DeploymentResult {
  const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/dry-run`;
  return {
    stackId,
    status: 'DRY_RUN',
    outputs: Object.fromEntries(
      template.outputNames.map(name => [name, `dry-run-${name.toLowerCase()}`]),
    ),
    changed: false,
    changes: {
      added: Object.entries(template.resourceTypes).map(
        ([id, type]) => `${id} (${type})`,
      ),
      changed: [],
      replaced: [],
      removed: [],
    },
    consoleUrl: consoleUrl({ region }, { of: 'stack', stackId }),
  };
}
