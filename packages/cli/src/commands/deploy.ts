import {
  deployProject,
  ProjectDeploymentResult,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { readOpenProject } from '../readOpenProject';
import { Command, toReport } from './command';

/** Deploys an environment. */
export const deploy: Command = async (environment, options) => {
  const { allowReplacement, allowBroaderPermissions } = options;
  const result = await deployProject({
    ...environment,
    files: await readOpenProject(environment),
    allow: { allowReplacement, allowBroaderPermissions },
    previewDigests: options.previewed,
    continueRollback: options.continueRollback,
    resourcesToSkip: options.resourcesToSkip,
    maxDeleted: options.maxDeleted,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  });
  const lines = toLines(result);
  return { report: toReport({ lines, json: result }), code: exitCodes.done };
};

const toLines = ({ stacks, release, dags }: ProjectDeploymentResult) => [
  ...Object.values(stacks).map(
    ({ stackId, status, changed }) =>
      `${stackId.split('/')[1]} ${status}${changed ? '' : ', unchanged'}`,
  ),
  `Release ${release.prefix}: ${release.uploaded} files uploaded`,
  `DAGs ${dags.prefix}: ${dags.uploaded} files uploaded, ${dags.deleted} deleted`,
];
