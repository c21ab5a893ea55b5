/**
 * Enumerates the inputs of every action, and the callers: each input has a decision that says why it is safe.
 * A new action or input without one fails here.
 */
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { AccountAccess } from '@data-lake/aws';
import * as aws from '@data-lake/aws';
import * as cloudformation from '@data-lake/cloudformation';
import * as sync from '@data-lake/s3-sync';
import { createAwsActions } from '.';
import { makeContext, otherTags, readInput, services } from '../__testUtils__';

const theirs = 'group:default/finance';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  readMwaaEnvironment: jest.fn(async () => ({})),
}));
jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  // the engine shows each stack's tags to the caller's check before anything else
  deployStack: jest.fn(async options => authorize(options)),
  previewStack: jest.fn(async options => authorize(options)),
  deleteStack: jest.fn(async () => ({ goes: [], stays: [] })),
  planStackDeletion: jest.fn(async () => ({
    goes: [],
    stays: [],
    fullBuckets: [],
  })),
  findStack: jest.fn(async (_, name) => toStack(name)),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  collectFiles: jest.fn(async () => []),
  previewUpload: jest.fn(async () => ({ deletes: [] })),
  readBucketTags: jest.fn(async ({ bucket }) =>
    bucket === 'payroll'
      ? { [otherTags.owner]: theirs }
      : { 'backstage:owner': 'group:default/platform' },
  ),
  uploadFiles: jest.fn(async () => ({})),
}));

const toStack = (name: string) =>
  name === 'alerts-payroll'
    ? { tags: { [otherTags.owner]: theirs } }
    : undefined;

async function authorize({ authorizeStack, spec }: any) {
  const stack = toStack(spec.stackName);
  if (stack) await authorizeStack(stack.tags);
  done.push(spec.stackName);
  return { resources: [], changes: {} };
}

/** Stacks that were changed or read. */
const done: string[] = [];
const effects = [
  cloudformation.deleteStack,
  cloudformation.planStackDeletion,
  sync.previewUpload,
  sync.uploadFiles,
  aws.readMwaaEnvironment,
].map(effect => jest.mocked(effect as jest.Mock));

type Decision =
  /** Another team's, or a wrong value: the action refuses it before any effect. */
  | { refuses: unknown }
  /** The engine refuses a wrong value: the test that holds it. */
  | { engine: string }
  /** Names nothing that belongs to anyone. */
  | { inert: string };

const target: Record<string, Decision> = {
  account: { refuses: '111111111111' },
  region: { refuses: 'us-gov-west-1' },
};
const stack: Record<string, Decision> = {
  ...target,
  stackName: { refuses: 'alerts-payroll' },
};
const allowance: Decision = {
  inert: 'opens a gate of the caller’s own stack; a policy may withhold it',
};
const limit: Decision = { inert: 'a number' };
const spec: Record<string, Decision> = {
  ...stack,
  templatePath: { refuses: '../payroll' },
  templateBody: { engine: 'parseTemplate: rules for templates' },
  templateBucket: { refuses: 'payroll' },
  parameters: {
    engine: 'parameters of the template; the gates see the result',
  },
  tags: { refuses: { [otherTags.owner]: theirs } },
  capabilities: { inert: 'CloudFormation’s own words' },
  revertDrift: { engine: 'the gates compare with the actual resources' },
};

const decisions: Record<string, Record<string, Decision>> = {
  'aws:cloudformation:preview': spec,
  'aws:cloudformation:deploy': {
    ...spec,
    allowReplacement: allowance,
    allowBroaderPermissions: allowance,
    previewDigest: { inert: 'narrows what is executed' },
    wait: { inert: 'decides how long the step takes' },
    onCancel: { inert: 'one of two words' },
    continueRollback: allowance,
    resourcesToSkip: { inert: 'logical ids in the caller’s own stack' },
    timeoutMinutes: limit,
  },
  'aws:cloudformation:delete': {
    ...stack,
    entity: { engine: 'planDeletion: the stack’s tag must name it' },
    confirm: { engine: 'deleteStack: the name of the stack again' },
    emptyBuckets: { engine: 'deleteStack: buckets with the stack’s own tags' },
    timeoutMinutes: limit,
  },
  'aws:s3:sync': {
    ...target,
    bucket: { refuses: 'payroll' },
    source: { refuses: '../payroll' },
    files: { engine: 'collectFiles: patterns below source' },
    archives: { engine: 'collectFiles: folders below source' },
    strip: { engine: 'collectFiles: a folder below source' },
    ignore: { inert: 'narrows what is uploaded' },
    prefix: { inert: 'a place in a bucket that is the caller’s, or shared' },
    release: { inert: 'a place that the digest of the files names' },
    delete: { engine: 'planUpload: only files that it uploaded before' },
    maxDeleted: limit,
    order: { inert: 'orders what is uploaded' },
    timeoutMinutes: limit,
    preview: { inert: 'changes nothing' },
  },
  'aws:mwaa:get-environment': {
    ...target,
    name: { inert: 'read in an account that is open to the caller' },
    airflowVersion: { inert: 'narrows what is accepted' },
  },
};

const workspace = createMockDirectory({
  content: {
    'infra/storage.template.json': JSON.stringify({
      Resources: { B: { Type: 'AWS::S3::Bucket' } },
    }),
  },
});
const createActions = (access = services.access): any[] =>
  createAwsActions({ ...services, access });
const actions = createActions();

async function run(
  id: string,
  options: { change?: object; owners?: string[]; credentials?: any } = {},
): Promise<{ refused: boolean; changed: boolean }> {
  done.length = 0;
  effects.forEach(effect => effect.mockClear());
  const access = new AccountAccess({
    ...(services.access as any).options,
    ...(options.owners && {
      userInfo: mockServices.userInfo({ ownershipEntityRefs: options.owners }),
    }),
  });
  const action = createActions(access).find(each => each.id === id);
  const { templateBody, ...example } = readInput(action.examples[0], id);
  const input: any = {
    ...example,
    ...('stackName' in example &&
      !id.endsWith(':delete') && {
        templatePath: 'infra/storage.template.json',
      }),
    ...options.change,
  };
  const ctx = makeContext({ input, workspacePath: workspace.path });
  const { credentials } = options;
  const refused = await action
    .handler({
      ...ctx,
      ...(credentials && { getInitiatorCredentials: async () => credentials }),
    })
    .then(
      () => false,
      () => true,
    );
  const changed =
    done.length > 0 || effects.some(effect => effect.mock.calls.length > 0);
  return { refused, changed };
}

it('has a decision for each input of each action, and for nothing else', () => {
  const declared = actions.map(({ id, schema }) => [
    id,
    Object.keys(schema.input.properties).sort(),
  ]);
  const decided = Object.entries(decisions).map(([id, inputs]) => [
    id,
    Object.keys(inputs).sort(),
  ]);
  expect(Object.fromEntries(decided)).toEqual(Object.fromEntries(declared));
});

const refused = { refused: true, changed: false };

const hostile = Object.entries(decisions).flatMap(([id, inputs]) =>
  Object.entries(inputs).flatMap(([name, decision]) =>
    'refuses' in decision ? [[id, name, decision.refuses] as const] : [],
  ),
);

it.each(hostile)(
  '%s refuses %s = %j, and does nothing',
  async (id, name, value) => {
    expect(await run(id, { change: { [name]: value } })).toEqual(refused);
  },
);

describe.each(Object.keys(decisions))('a caller of %s', id => {
  it('whom the account is open to may', async () => {
    expect(await run(id)).toEqual({ refused: false, changed: true });
  });

  it('whom it is not open to is refused', async () => {
    expect(await run(id, { owners: [theirs] })).toEqual(refused);
  });

  it.each([
    ['a service', mockCredentials.service()],
    ['nobody', mockCredentials.none()],
  ])('that is %s is refused', async (_, credentials) => {
    expect(await run(id, { credentials })).toEqual(refused);
  });
});
