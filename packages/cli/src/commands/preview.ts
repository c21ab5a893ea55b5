import { findGates } from '@data-lake/cloudformation';
import {
  previewProject,
  ProjectPreview,
} from '@data-lake/plugin-data-lake-node';
import { findUploadGates } from '@data-lake/s3-sync';
import { exitCodes } from '../exitCodes';
import { toCliText } from '../messages';
import { previewToMarkdown } from '../report/previewToMarkdown';
import { readOpenProject } from '../readOpenProject';
import { Command, toReport } from './command';

/** Previews a deployment. The engine's log is the report as text. */
export const preview: Command = async (environment, options) => {
  const lines: string[] = [];
  const found = await previewProject({
    ...environment,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
    files: await readOpenProject(environment),
    log: line => void lines.push(line),
  });
  const { project } = environment;
  const name = `${project.name}-${environment.environment}`;
  const gates = findPreviewGates(found).map(toCliText);
  if (options.failOn) gates.forEach(environment.log);
  return {
    report: toReport({
      lines,
      markdown: previewToMarkdown(name, found),
      json: { ...found, gates },
    }),
    code:
      options.failOn && gates.length > 0 ? exitCodes.refused : exitCodes.done,
  };
};

/** Lists the gates that would stop a deployment without any `--allow` option. */
const findPreviewGates = ({ stacks, dags }: ProjectPreview): string[] => [
  ...Object.entries(stacks).flatMap(([stack, each]) =>
    findGates(each, {}).map(gate => `Stack ${stack}: ${gate}`),
  ),
  ...findUploadGates(dags).map(gate => `DAGs: ${gate}`),
];
