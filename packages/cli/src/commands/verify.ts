import { CheckState, worstOf } from '@data-lake/plugin-data-lake-common';
import {
  checksToMarkdown,
  readProjectFiles,
  verifyProject,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

/** Checks that an environment matches its project. */
export const verify: Command = async environment => {
  const lines: string[] = [];
  const checks = await verifyProject({
    ...environment,
    files: await readProjectFiles(environment),
    log: line => void lines.push(line),
  });
  const state = worstOf(checks);
  return {
    report: toReport({
      lines,
      markdown: checksToMarkdown(checks),
      json: { state, checks },
    }),
    code: codes[state],
  };
};

/** Exit code of each state. */
const codes = {
  passed: exitCodes.done,
  failed: exitCodes.failed,
  unknown: exitCodes.unknown,
} as const satisfies Record<CheckState, number>;
