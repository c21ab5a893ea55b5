import { createMockDirectory } from '@backstage/backend-test-utils';
import { createAwsActions } from '.';
import { makeContext, readInput, services } from '../__testUtils__';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  readMwaaEnvironment: jest.fn(async () => ({})),
}));
jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  deleteStack: jest.fn(async () => ({ goes: [], stays: [] })),
  deployStack: jest.fn(async () => ({})),
  findStack: jest.fn(),
  planStackDeletion: jest.fn(async () => ({
    goes: [],
    stays: [],
    fullBuckets: [],
  })),
  previewStack: jest.fn(async () => ({ resources: [] })),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  collectFiles: jest.fn(async () => []),
  previewUpload: jest.fn(async () => ({ deletes: [] })),
  readBucketTags: jest.fn(async () => ({
    'backstage:owner': 'group:default/platform',
  })),
  uploadFiles: jest.fn(async ({ files }) => {
    if (typeof files === 'function') await files();
    return {};
  }),
}));

const workspace = createMockDirectory({
  content: {
    'infra/storage.template.json': JSON.stringify({
      Resources: { B: { Type: 'AWS::S3::Bucket' } },
    }),
  },
});

const actions: any[] = createAwsActions(services);

it.each(actions.map(action => [action.id, action]))(
  '%s uses each of its inputs',
  async (id, action) => {
    const read = new Set<string | symbol>();
    for (const example of action.examples) {
      const input = new Proxy(readInput(example, id), {
        get(target, name) {
          read.add(name);
          return target[name];
        },
      });
      const ctx = makeContext({ input: {}, workspacePath: workspace.path });
      await action.handler({ ...ctx, input });
    }
    const declared = Object.keys(action.schema.input.properties);
    expect(declared.filter(name => !read.has(name))).toEqual([]);
  },
);
