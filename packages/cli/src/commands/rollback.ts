import { rollbackProject } from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

export const rollback: Command = async (environment, options) => {
  const { allowBroaderPermissions } = options;
  const done = await rollbackProject({
    ...environment,
    release: options.release,
    allow: { allowBroaderPermissions },
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  });
  const line = `Runs ${done.release}; before, ${
    done.former || 'none'
  }. DAGs are as they were`;
  return {
    report: toReport([line], `${line}\n`, done),
    code: exitCodes.done,
  };
};
