import {
  deleteEnvironment,
  previewEnvironmentDeletion,
  toTeardownRequest,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

export const remove: Command = async (environment, options) => {
  const { project, environment: name, ...open } = environment;
  const { confirm } = options;
  const request = {
    ...open,
    ...toTeardownRequest(project, name),
    removeData: options.removeData,
    emptyBuckets: options.emptyBuckets,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  };
  const done =
    confirm === undefined
      ? await previewEnvironmentDeletion(request)
      : await deleteEnvironment({ ...request, confirm });
  const lines = done.stacks.flatMap(({ name: stack, status, goes, stays }) => [
    `${stack}: ${status}; ${goes.length} resources ${
      options.confirm === undefined ? 'would go' : 'gone'
    }`,
    ...stays.map(
      ({ type, physicalId }) => `  stays: ${type} ${physicalId ?? ''}`,
    ),
  ]);
  const markdown = lines.map(line => `- ${line.trim()}\n`).join('');
  return { report: toReport(lines, markdown, done), code: exitCodes.done };
};
