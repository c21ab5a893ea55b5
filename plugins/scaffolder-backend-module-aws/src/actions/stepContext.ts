import { ActionContext } from '@backstage/plugin-scaffolder-node';

/** The part of a step's context that actions work with, with its input. */
export type StepContext<I> = Pick<
  ActionContext<any>,
  | 'checkpoint'
  | 'getInitiatorCredentials'
  | 'logger'
  | 'signal'
  | 'task'
  | 'user'
  | 'workspacePath'
> & { input: I };
