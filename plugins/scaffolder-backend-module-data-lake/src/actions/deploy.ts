import { readFile } from 'node:fs/promises';
import {
  AuditorService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  AwsClientFactory,
  consoleUrl,
  DataLakeConfig,
  defaultAllowedResourceTypes,
  Deployment,
  deployStack,
  parseTemplate,
  Template,
} from '@data-lake/plugin-data-lake-node';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { examples } from './deploy.examples';

/** `aws:cloudformation:deploy`: brings any stack to what a template and parameters say. */
export function createDeployAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  settings: DataLakeConfig;
}) {
  const { access, auditor, aws, settings } = options;
  const allowedResourceTypes =
    settings.deploy.allowedResourceTypes ?? defaultAllowedResourceTypes;
  return createTemplateAction({
    id: 'aws:cloudformation:deploy',
    description:
      'Creates or updates a CloudFormation stack by a change set, follows its events, and gives its outputs. Run again, it goes on with what it began.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        account: z => z.string().describe('AWS account, 12 digits'),
        region: z => z.string().describe('AWS region'),
        stackName: z =>
          z
            .string()
            .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)
            .describe('Name of the stack'),
        templatePath: z =>
          z.string().optional().describe('Template file in the workspace'),
        templateBody: z =>
          z.string().optional().describe('Text of the template, instead'),
        parameters: z =>
          z
            .record(z.string())
            .optional()
            .describe(
              "Parameters; one not given keeps the stack's value, else the template's default",
            ),
        tags: z =>
          z.record(z.string()).optional().describe('Tags of all resources'),
        capabilities: z =>
          z
            .array(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM']))
            .optional()
            .describe(
              'Default CAPABILITY_NAMED_IAM where the template has IAM resources',
            ),
        wait: z =>
          z
            .boolean()
            .optional()
            .describe('false: go on once CloudFormation has begun'),
        timeoutMinutes: z =>
          z.number().min(1).max(180).optional().describe('Default 60'),
      },
      output: {
        stackId: z => z.string().describe('ARN of the stack'),
        status: z => z.string().describe('Such as CREATE_COMPLETE'),
        outputs: z => z.record(z.string()).describe("The stack's outputs"),
        changes: z =>
          z
            .object({
              added: z.array(z.string()),
              changed: z.array(z.string()),
              replaced: z.array(z.string()),
              removed: z.array(z.string()),
            })
            .describe('What was added, changed, replaced and removed'),
        consoleUrl: z => z.string().describe('The stack in the AWS console'),
      },
    },
    async handler(ctx) {
      const { account, region, stackName } = ctx.input;
      const text = await readTemplate(ctx.workspacePath, ctx.input);
      const template = parseTemplate(text, { allowedResourceTypes });
      const log = (line: string) => ctx.logger.info(line);
      const deployment = ctx.isDryRun
        ? dryDeployment({ account, region, stackName, template })
        : await deploy();
      ctx.output('stackId', deployment.stackId);
      ctx.output('status', deployment.status);
      ctx.output('outputs', deployment.outputs);
      ctx.output('changes', { ...deployment.changes });
      ctx.output('consoleUrl', deployment.consoleUrl);

      async function deploy() {
        await access.assertMayUse(ctx, { account, region });
        const meta = { account, region, stackName, template: template.digest };
        return audited({ auditor, ctx, eventId: 'stack-deploy', meta }, () =>
          deployStack({
            clients: aws.forTarget({ account, region }),
            request: {
              stackName,
              template,
              parameters: ctx.input.parameters ?? {},
              tags: ctx.input.tags ?? {},
              capabilities: ctx.input.capabilities,
              roleArn: access.findServiceRole(account),
              identity: toIdentity(ctx),
            },
            log,
            signal: ctx.signal,
            wait: ctx.input.wait,
            timeoutMinutes: ctx.input.timeoutMinutes,
          }),
        );
      }
    },
  });
}

/** The same after a restart, and another for each step and each round of it. */
function toIdentity(ctx: {
  task: { id: string };
  step?: { id?: string };
  each?: unknown;
}): string {
  return JSON.stringify([ctx.task.id, ctx.step?.id, ctx.each]);
}

async function readTemplate(
  workspace: string,
  input: { templatePath?: string; templateBody?: string },
): Promise<string> {
  const { templatePath, templateBody } = input;
  if ((templatePath === undefined) === (templateBody === undefined)) {
    throw new InputError('Give either templatePath or templateBody');
  }
  if (templateBody !== undefined) return templateBody;
  try {
    return await readFile(
      resolveSafeChildPath(workspace, templatePath!),
      'utf8',
    );
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new InputError(`The workspace has no template ${templatePath}`);
  }
}

/** A dry run checks the template, and asks AWS nothing. */
function dryDeployment(options: {
  account: string;
  region: string;
  stackName: string;
  template: Template;
}): Deployment {
  const { account, region, stackName, template } = options;
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
