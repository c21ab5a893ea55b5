/** The tests of actions are the same in both modules. */
/* eslint-disable @backstage/no-relative-monorepo-imports */
export {
  auditor,
  makeContext,
  readInput,
} from '../../../scaffolder-backend-module-aws/src/__testUtils__/actionContext';
export { describeExamples } from '../../../scaffolder-backend-module-aws/src/__testUtils__/describeExamples';
