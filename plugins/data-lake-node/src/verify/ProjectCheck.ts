import { CheckOutcome } from './CheckOutcome';
import { VerifyContext } from './VerifyContext';

/** One statement about a deployed environment that `verifyProject` tests. */
export interface ProjectCheck {
  id: string;
  /** The statement, as it reads when the check passes. */
  title: string;
  /** Tests the statement. An error that it throws makes the outcome unknown, with the error as its reason. */
  run(context: VerifyContext): Promise<CheckOutcome>;
}
