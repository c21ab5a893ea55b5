import { targetInput, Z } from '../inputs';

/** Inputs that name a stack. */
export const stackInput = {
  ...targetInput,
  stackName: (z: Z) =>
    z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/)
      .describe('Name of the stack'),
};

/** Values of `stackInput`. */
export interface StackInput {
  account: string;
  region: string;
  stackName: string;
}

/** Inputs that describe a stack; the same for a preview and a deployment. */
export const specInput = {
  ...stackInput,
  templatePath: (z: Z) =>
    z.string().optional().describe('Template file in the workspace'),
  templateBody: (z: Z) =>
    z.string().optional().describe('Text of the template, instead of a file'),
  templateBucket: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        "Bucket of the account for templates over 51,200 bytes, which are uploaded temporarily; default the account's templateBucket",
      ),
  parameters: (z: Z) =>
    z
      .record(z.string())
      .optional()
      .describe(
        "Parameters by name; a parameter left out keeps the stack's value, or else gets the template's default",
      ),
  tags: (z: Z) =>
    z
      .record(z.string())
      .optional()
      .describe('Tags of the stack and all its resources'),
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
        'Default CAPABILITY_NAMED_IAM if the template has IAM resources, plus CAPABILITY_AUTO_EXPAND if it uses macros',
      ),
  revertDrift: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe(
        'true: compare with the actual resources, and revert changes made outside CloudFormation',
      ),
};

/** Values of `specInput`. */
export interface SpecInput extends StackInput {
  templatePath?: string;
  templateBody?: string;
  templateBucket?: string;
  parameters?: Record<string, string>;
  tags?: Record<string, string>;
  capabilities?: string[];
  revertDrift?: boolean;
}
