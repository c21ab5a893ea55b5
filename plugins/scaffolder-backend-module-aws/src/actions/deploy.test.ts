import * as cloudformation from '@data-lake/cloudformation';
import { readBucketTags } from '@data-lake/s3-sync';
import { auditor, makeContext, otherTags, services } from '../__testUtils__';
import { defaultOwnershipTags } from '../ownership';
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

jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  readBucketTags: jest.fn(async () => ({
    'backstage:owner': 'group:default/platform',
  })),
}));

const input = {
  account: '123456789012',
  region: 'eu-central-1',
  stackName: 'alerts-storage',
  templateBody: '{"Resources": {"T": {"Type": "AWS::SNS::Topic"}}}',
  templateBucket: 'templates',
  parameters: { A: 'a' },
  tags: { team: 'platform' },
};
const spec = expect.objectContaining({
  stackName: input.stackName,
  templateBucket: input.templateBucket,
  parameters: input.parameters,
  tags: input.tags,
});

describe('aws:cloudformation:deploy', () => {
  const deploy = (more: object = {}) =>
    createDeployAction(services).handler(
      makeContext({ input: { ...input, ...more } }),
    );

  it.each([defaultOwnershipTags.owner, otherTags.owner])(
    "touches no stack of another team's, and creates none in its name, by the tag %s",
    async key => {
      const theirs = { [key]: 'group:default/finance' };
      await deploy();
      const [options] = jest.mocked(cloudformation.deployStack).mock.lastCall!;
      await expect(options.authorizeStack!(theirs)).rejects.toThrow(
        /do not belong to group:default\/finance/,
      );
      jest.mocked(cloudformation.deployStack).mockClear();
      await expect(deploy({ tags: theirs })).rejects.toThrow(/do not belong/);
      expect(cloudformation.deployStack).not.toHaveBeenCalled();
    },
  );

  it("passes no template through another team's bucket", async () => {
    jest.mocked(cloudformation.deployStack).mockClear();
    jest
      .mocked(readBucketTags)
      .mockResolvedValueOnce({ [otherTags.owner]: 'group:default/finance' });
    await expect(deploy()).rejects.toThrow(
      /write to bucket templates.*finance/,
    );
    expect(cloudformation.deployStack).not.toHaveBeenCalled();
  });

  it('takes an owner tag without a value for an owner that no caller belongs to', async () => {
    jest.mocked(cloudformation.deployStack).mockClear();
    const tags = { [otherTags.owner]: '' };
    await expect(deploy({ tags })).rejects.toThrow(/do not belong/);
    expect(cloudformation.deployStack).not.toHaveBeenCalled();
  });

  it("updates the stack of the tags' entity only", async () => {
    await deploy({ tags: { [otherTags.entity]: 'component:default/alerts' } });
    const [options] = jest.mocked(cloudformation.deployStack).mock.lastCall!;
    expect(options.spec).toMatchObject({
      ownership: [
        { key: 'backstage:entity', value: undefined },
        { key: 'lake:entity', value: 'component:default/alerts' },
      ],
      tokenPrefix: 'backstage',
    });
  });

  it('allows only what its inputs say', async () => {
    await deploy();
    expect(cloudformation.deployStack).toHaveBeenLastCalledWith(
      expect.objectContaining({
        spec,
        allow: {
          allowReplacement: undefined,
          allowBroaderPermissions: undefined,
        },
        previewDigest: undefined,
      }),
    );
  });

  it('passes on what is allowed and previewed, and audits it', async () => {
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

describe('aws:cloudformation:deploy, when it is cancelled, recovered and audited', () => {
  const deploy = (more: object = {}) =>
    createDeployAction(services).handler(
      makeContext({ input: { ...input, ...more } }),
    );
  const audit = async () => {
    const [{ value }] = (auditor.createEvent as jest.Mock).mock.results.slice(
      -1,
    );
    return value;
  };

  it('passes on how to cancel, to revert drift and to recover from a failed rollback', async () => {
    const more = {
      onCancel: 'rollback',
      continueRollback: true,
      resourcesToSkip: ['Gone'],
    };
    await deploy({ ...more, revertDrift: true });
    expect(cloudformation.deployStack).toHaveBeenLastCalledWith(
      expect.objectContaining({
        ...more,
        spec: expect.objectContaining({ revertDrift: true }),
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
  it('returns the resources in danger and the digest', async () => {
    const ctx = makeContext({ input });
    await createPreviewAction(services).handler(ctx);
    expect(cloudformation.previewStack).toHaveBeenCalledWith(
      expect.objectContaining({ spec }),
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
