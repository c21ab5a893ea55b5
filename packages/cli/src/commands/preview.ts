import {
  previewProject,
  readProjectFiles,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { previewToMarkdown } from '../report/previewToMarkdown';
import { Command, toReport } from './command';

/** The log is the text: what the engine tells goes to stderr line by line, and to stdout as the report. */
export const preview: Command = async (environment, options) => {
  const lines: string[] = [];
  const told = await previewProject({
    ...environment,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
    files: await readProjectFiles(environment),
    log: line => void lines.push(line),
  });
  const { project } = environment;
  const name = `${project.name}-${environment.environment}`;
  return {
    report: toReport(lines, previewToMarkdown(name, told), told),
    code: exitCodes.done,
  };
};
