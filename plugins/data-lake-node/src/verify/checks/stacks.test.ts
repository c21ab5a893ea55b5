import { StackStatus } from '@aws-sdk/client-cloudformation';
import { CheckState } from '@data-lake/plugin-data-lake-common';
import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { stacksCheck } from './stacks';

const states = {
  CREATE_COMPLETE: 'passed',
  CREATE_FAILED: 'failed',
  CREATE_IN_PROGRESS: 'unknown',
  DELETE_COMPLETE: 'failed',
  DELETE_FAILED: 'failed',
  DELETE_IN_PROGRESS: 'unknown',
  IMPORT_COMPLETE: 'passed',
  IMPORT_IN_PROGRESS: 'unknown',
  IMPORT_ROLLBACK_COMPLETE: 'failed',
  IMPORT_ROLLBACK_FAILED: 'failed',
  IMPORT_ROLLBACK_IN_PROGRESS: 'unknown',
  REVIEW_IN_PROGRESS: 'unknown',
  ROLLBACK_COMPLETE: 'failed',
  ROLLBACK_FAILED: 'failed',
  ROLLBACK_IN_PROGRESS: 'unknown',
  UPDATE_COMPLETE: 'passed',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'unknown',
  UPDATE_FAILED: 'failed',
  UPDATE_IN_PROGRESS: 'unknown',
  UPDATE_ROLLBACK_COMPLETE: 'failed',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'unknown',
  UPDATE_ROLLBACK_FAILED: 'failed',
  UPDATE_ROLLBACK_IN_PROGRESS: 'unknown',
} satisfies Record<StackStatus, CheckState>;

describe('the check of the stacks', () => {
  it.each(Object.entries(states))(
    'of a stack in %s is %s',
    async (s, state) => {
      const outcome = await runCheck(stacksCheck, {
        stack: stackOf({}, { status: s as StackStatus }),
      });
      expect(outcome).toMatchObject({
        state,
        reason: expect.stringContaining(s),
      });
      expect('remedy' in outcome).toBe(state !== 'passed');
    },
  );

  it('fails without the stack', async () => {
    expect(await runCheck(stacksCheck)).toEqual({
      state: 'failed',
      reason: 'There is no stack movielens-demo-foundations',
      remedy: 'Deploy the environment',
    });
  });
});
