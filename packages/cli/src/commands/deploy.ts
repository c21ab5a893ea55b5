import {
  deployProject,
  readProjectFiles,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

export const deploy: Command = async (environment, options) => {
  const { allowReplacement, allowBroaderPermissions } = options;
  const done = await deployProject({
    ...environment,
    files: await readProjectFiles(environment),
    allow: { allowReplacement, allowBroaderPermissions },
    previewDigests: options.previewed,
    continueRollback: options.continueRollback,
    resourcesToSkip: options.resourcesToSkip,
    maxDeleted: options.maxDeleted,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  });
  const stacks = Object.values(done.stacks).map(
    ({ stackId, status, changed }) =>
      `${stackId.split('/')[1]} ${status}${changed ? '' : ', as it was'}`,
  );
  const lines = [
    ...stacks,
    `Release ${done.release.prefix}: ${done.release.uploaded} files uploaded`,
    `DAGs ${done.dags.prefix}: ${done.dags.uploaded} files uploaded, ${done.dags.deleted} deleted`,
  ];
  const markdown = lines.map(line => `- ${line}\n`).join('');
  return { report: toReport(lines, markdown, done), code: exitCodes.done };
};
