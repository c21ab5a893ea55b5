import { removeProject } from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

export const remove: Command = async (environment, options) => {
  const removal = await removeProject({
    ...environment,
    confirm: options.confirm,
    removeData: options.removeData,
    roleArn: options.roleArn,
    timeoutMinutes: options.timeoutMinutes,
  });
  const lines = Object.entries(removal.stacks).flatMap(
    ([name, { status, goes, stays }]) => [
      `${name}: ${status}; ${goes.length} resources ${
        options.confirm === undefined ? 'would go' : 'gone'
      }`,
      ...stays.map(
        ({ type, physicalId }) => `  stays: ${type} ${physicalId ?? ''}`,
      ),
    ],
  );
  const markdown = lines.map(line => `- ${line.trim()}\n`).join('');
  return { report: toReport(lines, markdown, removal), code: exitCodes.done };
};
