/** What the tests of actions share, those of the data lake's module too. */
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import yaml from 'yaml';

/** Makes a context as the scaffolder does: with a signal, and checkpoints that replay what succeeded. */
export function makeContext<I extends JsonObject>(options: {
  input: I;
  workspacePath?: string;
  isDryRun?: boolean;
  checkpoints?: Map<string, unknown>;
}): any {
  const { checkpoints = new Map(), isDryRun = false, ...rest } = options;
  return {
    ...createMockActionContext(rest as any),
    logger: mockServices.logger.mock(),
    isDryRun,
    signal: new AbortController().signal,
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/ada'),
    async checkpoint({ key, fn }: { key: string; fn: () => unknown }) {
      if (!checkpoints.has(key)) checkpoints.set(key, await fn());
      return checkpoints.get(key);
    },
  };
}

/** Reads the input of the step of an example that uses an action. */
export function readInput(example: TemplateExample, action: string): any {
  const { steps } = yaml.parse(example.example);
  return steps.find((step: { action: string }) => step.action === action).input;
}

export const auditor = mockServices.auditor.mock({
  createEvent: async () => ({
    success: jest.fn(async () => {}),
    fail: jest.fn(async () => {}),
  }),
});
