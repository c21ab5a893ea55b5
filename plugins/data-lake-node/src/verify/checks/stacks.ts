import { isSuccess } from '@data-lake/cloudformation';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import { listPresentStacks } from '../VerifyContext';

/** All stacks of project.yaml exist, and the last operation on each of them succeeded. */
export const stacksCheck: ProjectCheck = {
  id: 'stacks',
  title: 'The stacks exist, and their last operation succeeded',
  async run(context) {
    const missing = context.files.stacks.filter(
      ({ name }) => !context.stacks.get(name),
    );
    if (missing.length > 0) {
      return failed(
        `There is no stack ${missing.map(s => s.stackName).join(', ')}`,
        'Deploy the environment',
      );
    }
    const stacks = listPresentStacks(context);
    const busy = stacks.find(({ status }) => status.endsWith('_IN_PROGRESS'));
    if (busy) {
      return unknown(
        `Stack ${busy.name} is ${busy.status}`,
        'Verify again when its operation has ended',
      );
    }
    const unsuccessful = stacks.find(({ status }) => !isSuccess(status));
    if (unsuccessful) {
      return failed(
        `Stack ${unsuccessful.name} is ${unsuccessful.status}`,
        "See the stack's events for the cause, then deploy again",
      );
    }
    return passed(
      stacks.map(({ name, status }) => `${name} ${status}`).join(', '),
    );
  },
};
