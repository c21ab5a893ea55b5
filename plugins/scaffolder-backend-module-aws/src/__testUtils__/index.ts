import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import {
  AccountAccess,
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import yaml from 'yaml';
import { AwsServices } from '../actions/awsServices';
import { defaultOwnershipTags, toReserved } from '../ownership';

/** Makes a context as the scaffolder does: with a signal, and checkpoints that replay what succeeded. */
export function makeContext<I extends JsonObject>(options: {
  input: I;
  workspacePath?: string;
  isDryRun?: boolean;
}): any {
  const { isDryRun = false, ...rest } = options;
  const checkpoints = new Map<string, unknown>();
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

const config = new ConfigReader({
  awsDeploy: {
    accounts: [
      {
        id: '123456789012',
        name: 'movies',
        regions: ['eu-central-1'],
        owners: ['group:default/platform'],
        stackNamePrefixes: [{ prefixes: ['alerts'] }],
        sharedBuckets: ['shared-bucket'],
      },
      {
        id: '111111111111',
        name: 'finance',
        regions: ['eu-central-1'],
        owners: ['group:default/finance'],
      },
    ],
    // nothing listens there: an action that calls AWS unexpectedly says so
    endpoints: { default: 'http://127.0.0.1:9' },
  },
  aws: {
    accounts: [
      { accountId: '123456789012', accessKeyId: 'x', secretAccessKey: 'x' },
    ],
  },
});

export const auditor = mockServices.auditor.mock({
  createEvent: async () => ({
    success: jest.fn(async () => {}),
    fail: jest.fn(async () => {}),
  }),
});

/** The tags of another module, whose stacks the generic actions must respect. */
export const otherTags = { entity: 'lake:entity', owner: 'lake:owner' };

const ownership = [defaultOwnershipTags, otherTags];

/** Services for a caller of the group `platform`. */
export const services: AwsServices = {
  access: new AccountAccess({
    accounts: Accounts.fromConfig(config),
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['user:default/ada', 'group:default/platform'],
    }),
    ownerTags: ownership.map(({ owner }) => owner),
  }),
  auditor,
  aws: AwsClientFactory.fromConfig(config),
  ownership,
  reserved: toReserved(ownership, []),
  settings: readAwsDeployConfig(new ConfigReader({})),
};
