import {
  allowanceInput,
  cancelInput,
  recoveryInput,
  waitInput,
  Z,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import { entityProjectInput } from './inputs';

/** Inputs of `data-lake:project:deploy`. */
export const input = {
  ...entityProjectInput,
  commit: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Commit of the project in the workspace: a retry, whose workspace is empty, fetches that one again, or refuses if the branch has moved on',
      ),
  previewDigests: (z: Z) =>
    z
      .record(z.string())
      .optional()
      .describe(
        'Digest of a preview by stack, such as foundations: only exactly that change is executed',
      ),
  ...allowanceInput,
  ...cancelInput,
  ...recoveryInput,
  maxDeleted: (z: Z) =>
    z
      .number()
      .min(0)
      .optional()
      .describe(
        'Largest number of DAG files to delete; default 20 or half of the files, whichever is more',
      ),
  ...waitInput,
};

/** Outputs of `data-lake:project:deploy`. */
export const output = {
  stacks: (z: Z) =>
    z
      .array(
        z.object({
          stackName: z.string(),
          status: z.string(),
          consoleUrl: z.string(),
        }),
      )
      .describe('The stacks, in the order of their deployment'),
  outputs: (z: Z) =>
    z.record(z.string()).describe('Outputs of the foundations stack'),
  consoleUrl: (z: Z) =>
    z.string().describe('The foundations stack in the AWS console'),
  release: (z: Z) => z.string().describe('Prefix of the release'),
  uploaded: (z: Z) => z.number().describe('Number of files uploaded'),
  deleted: (z: Z) => z.number().describe('Number of files deleted'),
};

/** Values of the inputs. */
export interface DeployProjectInput {
  entityRef: string;
  environment: string;
  path?: string;
  commit?: string;
  previewDigests?: Record<string, string>;
  allowReplacement?: boolean;
  allowBroaderPermissions?: boolean;
  onCancel?: 'leave' | 'rollback';
  continueRollback?: boolean;
  resourcesToSkip?: string[];
  maxDeleted?: number;
  timeoutMinutes?: number;
}

/** Values of the outputs. */
export interface ProjectDeploymentOutput {
  stacks: { stackName: string; status: string; consoleUrl: string }[];
  outputs: Record<string, string>;
  consoleUrl: string;
  release: string;
  uploaded: number;
  deleted: number;
}
