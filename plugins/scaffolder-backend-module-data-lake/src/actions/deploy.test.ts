import * as node from '@data-lake/plugin-data-lake-node';
import { access, auditor, aws, makeContext } from '../__testUtils__';
import { createDeployAction } from './deploy';
import { createPreviewAction } from './preview';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  deployStack: jest.fn(async () => ({ outputs: {}, changes: {} })),
  previewStack: jest.fn(async () => ({
    does: 'update',
    resources: [
      { logicalId: 'Data', does: 'removed', properties: [], stateful: true },
      { logicalId: 'Topic', does: 'added', properties: [], stateful: false },
    ],
    broader: [],
    digest: 'abc',
  })),
}));

const settings = node.DataLakeConfig.parse({});
const make = { access, auditor, aws, settings };
const input = {
  account: '123456789012',
  region: 'eu-central-1',
  stackName: 'movielens-demo-storage',
  templateBody: '{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}',
  templateBucket: 'movielens-templates',
  parameters: { A: 'a' },
  tags: { team: 'movies' },
};
const request = expect.objectContaining({
  stackName: input.stackName,
  templateBucket: input.templateBucket,
  parameters: input.parameters,
  tags: input.tags,
});

describe('aws:cloudformation:deploy', () => {
  const deploy = (more: object = {}) =>
    createDeployAction(make).handler(
      makeContext({ input: { ...input, ...more } }),
    );

  it('allows nothing that its inputs do not say', async () => {
    await deploy();
    expect(node.deployStack).toHaveBeenLastCalledWith(
      expect.objectContaining({
        request,
        allow: {
          allowReplacement: undefined,
          allowBroaderPermissions: undefined,
        },
        previewDigest: undefined,
      }),
    );
  });

  it('hands on what is allowed and previewed, and audits it', async () => {
    await deploy({ allowReplacement: true, previewDigest: 'abc' });
    expect(node.deployStack).toHaveBeenLastCalledWith(
      expect.objectContaining({
        allow: { allowReplacement: true, allowBroaderPermissions: undefined },
        previewDigest: 'abc',
      }),
    );
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'stack-deploy',
        meta: expect.objectContaining({
          allowReplacement: true,
          allowBroaderPermissions: false,
        }),
      }),
    );
  });
});

describe('aws:cloudformation:preview', () => {
  it('gives what is in danger and the digest as outputs', async () => {
    const ctx = makeContext({ input });
    await createPreviewAction(make).handler(ctx);
    expect(node.previewStack).toHaveBeenCalledWith(
      expect.objectContaining({ request }),
    );
    expect(Object.fromEntries(ctx.output.mock.calls)).toMatchObject({
      does: 'update',
      endangered: ['Data'],
      digest: 'abc',
    });
  });
});
