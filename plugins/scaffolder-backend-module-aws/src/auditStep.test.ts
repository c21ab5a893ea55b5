import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { auditStep } from './auditStep';

const audit = async (initiator: any) => {
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockResolvedValue({
    success: jest.fn(),
    fail: jest.fn(),
  });
  await auditStep(
    {
      auditor,
      ctx: {
        task: { id: 't1' },
        user: { ref: 'user:default/creator' },
        getInitiatorCredentials: async () => initiator,
      },
      eventId: 'stack-deploy',
      meta: {},
    },
    async () => {},
  );
  return auditor.createEvent.mock.calls[0][0].meta;
};

describe('auditStep', () => {
  it('names who retried the task, and who created it', async () => {
    expect(await audit(mockCredentials.user('user:default/retrier'))).toEqual({
      user: 'user:default/retrier',
      createdBy: 'user:default/creator',
      task: 't1',
    });
  });

  it('names a service by its subject', async () => {
    expect(await audit(mockCredentials.service('plugin:x'))).toMatchObject({
      user: 'plugin:x',
    });
  });
});
