import {
  previewProject,
  readProjectFiles,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { previewToMarkdown } from '../report/previewToMarkdown';
import { Command, toReport } from './command';

/** Previews a deployment. The engine's log is the report as text. */
export const preview: Command = async (environment, options) => {
  const lines: string[] = [];
  const found = await previewProject({
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
    report: toReport(lines, previewToMarkdown(name, found), found),
    code: exitCodes.done,
  };
};
