import * as cloudformation from '@data-lake/cloudformation';
import {
  auditor,
  makeContext,
  otherTags,
  readInput,
  services,
} from '../__testUtils__';
import { defaultOwnershipTags } from '../ownership';
import { createDeleteAction, toOwnership } from './delete';
import { examples } from './delete.examples';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
  deleteStack: jest.fn(async () => ({
    status: 'DELETE_COMPLETE',
    deleted: true,
    goes: [],
    stays: [],
  })),
  planStackDeletion: jest.fn(async ({ stackName }) => ({
    stackName,
    does: 'delete',
    status: 'CREATE_COMPLETE',
    goes: [{ logicalId: 'Topic', type: 'AWS::SNS::Topic' }],
    stays: [],
    fullBuckets: [],
  })),
}));

const input = readInput(examples[1], 'aws:cloudformation:delete');
const action: any = createDeleteAction(services);
const withTags = (tags: Record<string, string>) =>
  jest.mocked(cloudformation.findStack).mockResolvedValueOnce({ tags } as any);

describe('aws:cloudformation:delete', () => {
  beforeEach(() => jest.clearAllMocks());

  it.each([defaultOwnershipTags.owner, otherTags.owner])(
    "refuses another team's stack in a shared account, by its tag %s",
    async key => {
      withTags({ [key]: 'group:default/finance' });
      await expect(action.handler(makeContext({ input }))).rejects.toThrow(
        /do not belong to group:default\/finance/,
      );
      expect(cloudformation.deleteStack).not.toHaveBeenCalled();
    },
  );

  it('passes on what was confirmed, and writes it to the audit log', async () => {
    withTags({ [defaultOwnershipTags.owner]: 'group:default/platform' });
    await action.handler(makeContext({ input }));
    const { account, region, entity, ...rest } = input;
    expect(cloudformation.deleteStack).toHaveBeenCalledWith(
      expect.objectContaining({
        ...rest,
        ownership: [
          { key: 'backstage:entity', value: entity },
          { key: 'lake:entity', value: undefined },
        ],
      }),
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'stack-delete',
        meta: expect.objectContaining({ confirmed: true, emptyBuckets: true }),
      }),
    );
  });

  it('only lists what would be deleted without a confirmation', async () => {
    const ctx = makeContext({ input: { ...input, confirm: undefined } });
    await action.handler(ctx);
    expect(cloudformation.deleteStack).not.toHaveBeenCalled();
    expect(Object.fromEntries(ctx.output.mock.calls)).toEqual({
      status: 'CREATE_COMPLETE',
      deleted: false,
      goes: [{ logicalId: 'Topic', type: 'AWS::SNS::Topic' }],
      stays: [],
    });
    expect(ctx.logger.info).toHaveBeenCalledWith(
      expect.stringContaining('Topic (AWS::SNS::Topic)'),
    );
  });
});

describe('toOwnership', () => {
  const tags = [defaultOwnershipTags, otherTags];
  const toValues = (stackTags: object, entityRef?: string) =>
    toOwnership(tags, stackTags as any, entityRef).map(({ value }) => value);

  it('requires the entity in the tag that the stack has', () => {
    expect(toValues({ 'backstage:entity': 'x' }, 'a')).toEqual([
      'a',
      undefined,
    ]);
    expect(toValues({ 'lake:entity': 'x' }, 'a')).toEqual([undefined, 'a']);
  });

  it('requires the entity in every tag that the stack has', () => {
    const both = { 'backstage:entity': 'x', 'lake:entity': 'y' };
    expect(toValues(both, 'a')).toEqual(['a', 'a']);
  });

  it('requires the tag of this module if the stack has none', () => {
    expect(toValues({}, 'a')).toEqual(['a', undefined]);
  });

  it('without an entity, requires that the stack has no such tag', () => {
    expect(toValues({ 'lake:entity': 'x' })).toEqual([undefined, undefined]);
    expect(toValues({})).toEqual([undefined, undefined]);
  });
});
