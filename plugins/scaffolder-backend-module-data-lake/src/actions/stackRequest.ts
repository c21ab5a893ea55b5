import { readFile } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { TemplateActionOptions } from '@backstage/plugin-scaffolder-node';
import { DeployRequest, Template } from '@data-lake/plugin-data-lake-node';

/** The zod that the scaffolder hands to schemas. */
export type Z = Parameters<
  NonNullable<NonNullable<TemplateActionOptions['schema']>['input']>[string]
>[0];

/** Inputs that say which stack. */
export const stackInput = {
  account: (z: Z) => z.string().describe('AWS account, 12 digits'),
  region: (z: Z) => z.string().describe('AWS region'),
  stackName: (z: Z) =>
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)
      .describe('Name of the stack'),
};

/** Inputs that say what a stack should be; the same for a preview and a deployment. */
export const requestInput = {
  ...stackInput,
  templatePath: (z: Z) =>
    z.string().optional().describe('Template file in the workspace'),
  templateBody: (z: Z) =>
    z.string().optional().describe('Text of the template, instead'),
  templateBucket: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Bucket of the account that a template over 51,200 bytes goes by',
      ),
  parameters: (z: Z) =>
    z
      .record(z.string())
      .optional()
      .describe(
        "Parameters; one not given keeps the stack's value, else the template's default",
      ),
  tags: (z: Z) =>
    z.record(z.string()).optional().describe('Tags of all resources'),
  capabilities: (z: Z) =>
    z
      .array(z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM']))
      .optional()
      .describe(
        'Default CAPABILITY_NAMED_IAM where the template has IAM resources',
      ),
};

/** What the scaffolder makes of these inputs. */
export interface RequestInput {
  stackName: string;
  templateBucket?: string;
  parameters?: Record<string, string>;
  tags?: Record<string, string>;
  capabilities?: ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM')[];
}

/** The request that the inputs of a step make. */
export function toRequest(
  ctx: Parameters<typeof toIdentity>[0] & { input: RequestInput },
  options: { template: Template; roleArn: string | undefined },
): DeployRequest {
  const { stackName, templateBucket, parameters, tags, capabilities } =
    ctx.input;
  return {
    ...options,
    stackName,
    templateBucket,
    parameters: parameters ?? {},
    tags: tags ?? {},
    capabilities,
    identity: toIdentity(ctx),
  };
}

/** The same after a restart, and another for each step and each round of it. */
export function toIdentity(ctx: {
  task: { id: string };
  step?: { id?: string };
  each?: unknown;
}): string {
  return JSON.stringify([ctx.task.id, ctx.step?.id, ctx.each]);
}

/** @throws InputError where not exactly one of the two is given, or the file is missing */
export async function readTemplate(
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
