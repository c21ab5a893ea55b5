import {
  deleteEnvironment,
  toDeletionTarget,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

export const remove: Command = async (environment, options) => {
  const { project, environment: name, ...open } = environment;
  const done = await deleteEnvironment({
    ...open,
    ...toDeletionTarget(project, name),
    confirm: options.confirm,
    removeData: options.removeData,
    emptyBuckets: options.emptyBuckets,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  });
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
