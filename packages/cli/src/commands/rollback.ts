import { rollbackProject } from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

/** Switches an environment to a former release. */
export const rollback: Command = async (environment, options) => {
  const { allowBroaderPermissions } = options;
  const result = await rollbackProject({
    ...environment,
    release: options.release,
    allow: { allowBroaderPermissions },
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  });
  const former = result.former || 'none';
  const line = `Runs ${result.release}; before: ${former}. DAGs did not change`;
  const report = toReport({ lines: [line], json: result });
  return { report, code: exitCodes.done };
};
