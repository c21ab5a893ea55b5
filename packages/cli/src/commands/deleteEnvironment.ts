import {
  deleteEnvironment,
  previewEnvironmentDeletion,
  toTeardownRequest,
} from '@data-lake/plugin-data-lake-node';
import { exitCodes } from '../exitCodes';
import { Command, toReport } from './command';

/** Deletes an environment if its name is confirmed; otherwise lists what a deletion would do. */
export const deleteEnvironmentCommand: Command = async (
  { project, environment, ...context },
  options,
) => {
  const { confirm } = options;
  const request = {
    ...context,
    ...toTeardownRequest(project, environment),
    removeData: options.removeData,
    emptyBuckets: options.emptyBuckets,
    roleArn: options.roleArn,
    templateBucket: options.templateBucket,
    timeoutMinutes: options.timeoutMinutes,
  };
  const deletion =
    confirm === undefined
      ? await previewEnvironmentDeletion(request)
      : await deleteEnvironment({ ...request, confirm });
  const verb = confirm === undefined ? 'would be deleted' : 'deleted';
  const lines = [
    ...deletion.stacks.flatMap(({ name, status, goes, stays }) => [
      `${name}: ${status}; ${goes.length} resources ${verb}`,
      ...stays.map(
        ({ type, physicalId = '', meaning }) =>
          `  remains: ${type} ${physicalId}${meaning ? `: ${meaning}` : ''}`,
      ),
    ]),
    ...deletion.beside.goes.map(({ type, name }) => `${type} ${name}: ${verb}`),
    ...deletion.beside.stays.map(
      ({ type, name, meaning }) => `remains: ${type} ${name}: ${meaning}`,
    ),
  ];
  const report = toReport({ lines, json: deletion });
  return { report, code: exitCodes.done };
};
