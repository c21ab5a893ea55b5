import { readFile } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { DeployRequest, Template } from '@data-lake/cloudformation';
import { placeInput, Z } from './inputs';

/** Inputs that say which stack. */
export const stackInput = {
  ...placeInput,
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
        "Bucket of the account that a template over 51,200 bytes goes by; default the account's templateBucket",
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
      .array(
        z.enum([
          'CAPABILITY_IAM',
          'CAPABILITY_NAMED_IAM',
          'CAPABILITY_AUTO_EXPAND',
        ]),
      )
      .optional()
      .describe(
        'Default CAPABILITY_NAMED_IAM where the template has IAM resources, with CAPABILITY_AUTO_EXPAND where it uses macros',
      ),
  revertDrift: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: compare with what was changed outside CloudFormation, and set it back',
      ),
};

/** What the scaffolder makes of these inputs. */
export interface RequestInput {
  stackName: string;
  templateBucket?: string;
  parameters?: Record<string, string>;
  tags?: Record<string, string>;
  capabilities?: string[];
  revertDrift?: boolean;
}

/** The request that the inputs of a step make. */
export function toRequest(
  ctx: Parameters<typeof toIdentity>[0] & { input: RequestInput },
  options: {
    template: Template;
    roleArn: string | undefined;
    /** Where none is given. */
    templateBucket: string | undefined;
  },
): DeployRequest {
  const { stackName, parameters, tags } = ctx.input;
  const templateBucket = ctx.input.templateBucket ?? options.templateBucket;
  const { capabilities, revertDrift } = ctx.input;
  return {
    ...options,
    stackName,
    templateBucket,
    parameters: parameters ?? {},
    tags: tags ?? {},
    capabilities,
    revertDrift,
    identity: toIdentity(ctx),
  };
}

/**
 * The same after a restart, and for all steps of a task: a later step attaches to what an earlier one
 * has begun (`wait: false`), and waits for other work of its own task on the same stack.
 */
export function toIdentity({ task }: { task: { id: string } }): string {
  return `task ${task.id}`;
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
