import { AwsDeployConfig } from '@data-lake/aws';
import * as cloudformation from '@data-lake/cloudformation';
import { access, auditor, aws, makeContext } from '../__testUtils__';
import { createDeployAction } from './deploy';
import { createPreviewAction } from './preview';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  deployStack: jest.fn(async ({ onChangeSet }: any) => {
    onChangeSet('backstage-1');
    return { outputs: {}, changes: {} };
  }),
  previewStack: jest.fn(async () => ({
    does: 'update',
    resources: [
      { logicalId: 'Data', does: 'removed', properties: [], stateful: true },
      { logicalId: 'Topic', does: 'added', properties: [], stateful: false },
    ],
    broader: [],
    cost: { usdPerMonth: 1, change: 1, items: [], unknown: [] },
    drift: 'DRIFTED',
    digest: 'abc',
  })),
}));

const settings = AwsDeployConfig.parse({});
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

  const theirs = { 'data-lake:owner': 'group:default/finance' };

  it("touches no stack of another team's, and makes none in its name", async () => {
    await deploy();
    const [options] = jest.mocked(cloudformation.deployStack).mock.lastCall!;
    await expect(options.authorizeStack!(theirs)).rejects.toThrow(
      /do not belong to group:default\/finance/,
    );
    jest.mocked(cloudformation.deployStack).mockClear();
    await expect(deploy({ tags: theirs })).rejects.toThrow(/do not belong/);
    expect(cloudformation.deployStack).not.toHaveBeenCalled();
  });

  it('allows nothing that its inputs do not say', async () => {
    await deploy();
    expect(cloudformation.deployStack).toHaveBeenLastCalledWith(
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
    expect(cloudformation.deployStack).toHaveBeenLastCalledWith(
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

describe('what is given on, and audited', () => {
  const deploy = (more: object = {}) =>
    createDeployAction(make).handler(
      makeContext({ input: { ...input, ...more } }),
    );
  const audit = async () => {
    const [{ value }] = (auditor.createEvent as jest.Mock).mock.results.slice(
      -1,
    );
    return value;
  };

  it('hands on what becomes of it when cancelled, and of drift and a failed rollback', async () => {
    const more = {
      onCancel: 'rollback',
      continueRollback: true,
      resourcesToSkip: ['Gone'],
    };
    await deploy({ ...more, revertDrift: true });
    expect(cloudformation.deployStack).toHaveBeenLastCalledWith(
      expect.objectContaining({
        ...more,
        request: expect.objectContaining({ revertDrift: true }),
      }),
    );
  });

  it('writes the change set to the audit log, also of what fails', async () => {
    await deploy();
    expect((await audit()).success).toHaveBeenCalledWith({
      meta: { changeSet: 'backstage-1' },
    });
    jest
      .mocked(cloudformation.deployStack)
      .mockImplementationOnce(async options => {
        options.onChangeSet!('backstage-2', 'plain');
        throw new Error('no');
      });
    await expect(deploy()).rejects.toThrow('no');
    expect((await audit()).fail).toHaveBeenCalledWith(
      expect.objectContaining({ meta: { changeSet: 'backstage-2' } }),
    );
  });

  it('never writes parameters to the audit log', async () => {
    await deploy({ parameters: { A: 'hunter2' } });
    expect(
      JSON.stringify((auditor.createEvent as jest.Mock).mock.calls),
    ).not.toContain('hunter2');
  });
});

describe('aws:cloudformation:preview', () => {
  it('gives what is in danger and the digest as outputs', async () => {
    const ctx = makeContext({ input });
    await createPreviewAction(make).handler(ctx);
    expect(cloudformation.previewStack).toHaveBeenCalledWith(
      expect.objectContaining({ request }),
    );
    expect(Object.fromEntries(ctx.output.mock.calls)).toMatchObject({
      does: 'update',
      endangered: ['Data'],
      cost: { usdPerMonth: 1 },
      drift: 'DRIFTED',
      digest: 'abc',
    });
  });
});
