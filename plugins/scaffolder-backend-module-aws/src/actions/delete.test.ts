import * as cloudformation from '@data-lake/cloudformation';
import { access, auditor, aws, makeContext, readInput } from '../__testUtils__';
import { createDeleteAction } from './delete';
import { examples } from './delete.examples';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
  deleteStack: jest.fn(async () => ({ goes: [], stays: [] })),
}));

const input = readInput(examples[1], 'aws:cloudformation:delete');
const action: any = createDeleteAction({ access, auditor, aws });
const ownedBy = (owner: string) =>
  jest
    .mocked(cloudformation.findStack)
    .mockResolvedValueOnce({ tags: { 'data-lake:owner': owner } } as any);

describe('aws:cloudformation:delete', () => {
  it("refuses another team's stack in a shared account", async () => {
    ownedBy('group:default/finance');
    await expect(action.handler(makeContext({ input }))).rejects.toThrow(
      /do not belong to group:default\/finance/,
    );
    expect(cloudformation.deleteStack).not.toHaveBeenCalled();
  });

  it('hands on what was confirmed, and writes it to the audit log', async () => {
    ownedBy('group:default/data-engineering');
    await action.handler(makeContext({ input }));
    const { account, region, ...rest } = input;
    expect(cloudformation.deleteStack).toHaveBeenCalledWith(
      expect.objectContaining(rest),
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'stack-delete',
        meta: expect.objectContaining({ confirmed: true, emptyBuckets: true }),
      }),
    );
  });
});
