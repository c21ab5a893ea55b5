import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { audited, auditedIfRefused, toNoteChangeSet } from './audited';

function create() {
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const options = { auditor, eventId: 'deploy', meta: { user: 'ada' } };
  return { auditor, event, options };
}

describe('audited', () => {
  it('writes who does what, and with success what became known', async () => {
    const { auditor, event, options } = create();
    const result = await audited(options, async note => {
      const noteChangeSet = toNoteChangeSet(note);
      note({ account: '1' });
      noteChangeSet('c1', 'a');
      noteChangeSet('c2', 'b');
      return 'done';
    });
    expect(result).toBe('done');
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'deploy',
      severityLevel: 'medium',
      meta: { user: 'ada' },
    });
    expect(event.success).toHaveBeenCalledWith({
      meta: { account: '1', changeSets: { a: 'c1', b: 'c2' } },
    });
  });

  it('writes a failure with what became known before, and throws it', async () => {
    const { event, options } = create();
    const error = new Error('refused');
    const act = audited({ ...options, severityLevel: 'low' }, async note => {
      note({ account: '1' });
      throw error;
    });
    await expect(act).rejects.toBe(error);
    expect(event.fail).toHaveBeenCalledWith({ meta: { account: '1' }, error });
    expect(event.success).not.toHaveBeenCalled();
  });
});

describe('the audit log', () => {
  it('holds no secret of an error', async () => {
    const { event, options } = create();
    const fail = async () => {
      throw new NotAllowedError('refused: password=hunter2');
    };
    await expect(audited(options, fail)).rejects.toThrow();
    await expect(auditedIfRefused(options, fail)).rejects.toThrow();
    for (const [{ error }] of event.fail.mock.calls) {
      expect(error.message).toBe('refused: password=****');
    }
    expect(event.fail).toHaveBeenCalledTimes(2);
  });
});

describe('auditedIfRefused', () => {
  it('writes a read that is refused, and no other', async () => {
    const { auditor, event, options } = create();
    expect(await auditedIfRefused(options, async () => 'read')).toBe('read');
    await expect(
      auditedIfRefused(options, async () => {
        throw new Error('network');
      }),
    ).rejects.toThrow('network');
    expect(auditor.createEvent).not.toHaveBeenCalled();
    for (const error of [new NotAllowedError('no'), new NotFoundError('no')]) {
      await expect(
        auditedIfRefused(options, async () => {
          throw error;
        }),
      ).rejects.toBe(error);
      expect(event.fail).toHaveBeenLastCalledWith({ error });
    }
    expect(auditor.createEvent).toHaveBeenCalledTimes(2);
  });
});
