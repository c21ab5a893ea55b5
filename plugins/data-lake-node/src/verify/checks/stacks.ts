import { isSuccess } from '@data-lake/cloudformation';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** All stacks of project.yaml are there, and their last operation succeeded. */
export const stacks: ProjectCheck = {
  id: 'stacks',
  title: 'The stacks are there',
  async look(context) {
    const missing = context.files.stacks.filter(
      ({ name }) => !context.stacks.get(name),
    );
    if (missing.length > 0) {
      return failed(
        `There is no stack ${missing.map(s => s.stackName).join(', ')}`,
        'Deploy the environment',
      );
    }
    const all = [...context.stacks.values()].map(stack => stack!);
    const busy = all.find(({ status }) => status.endsWith('_IN_PROGRESS'));
    if (busy) {
      return unknown(
        `Stack ${busy.name} is ${busy.status}`,
        'Verify again when its operation has ended',
      );
    }
    const wrong = all.find(({ status }) => !isSuccess(status));
    if (wrong) {
      return failed(
        `Stack ${wrong.name} is ${wrong.status}`,
        "See the stack's events for the cause, then deploy again",
      );
    }
    return passed(
      all.map(({ name, status }) => `${name} ${status}`).join(', '),
    );
  },
};
