import { callingHead } from './callingHead';
import { credentialsAdvice } from '../errors/credentialsError';

/** As the SDK reads an answer without a body. */
const bodiless = (status: number) =>
  Object.assign(new Error('UnknownError'), {
    name: status === 403 ? '403' : '400',
    $metadata: { httpStatusCode: status },
  });

const doing = { what: 'looking for bucket b', action: 's3:ListBucket' };

const callWith = (status: number, sts: () => Promise<unknown>) =>
  callingHead({
    clients: { sts: { send: sts } } as any,
    doing,
    call: () => Promise.reject(bodiless(status)),
  });

describe('callingHead', () => {
  it.each([400, 401, 403])(
    'says that the credentials have expired when STS does, of a %s',
    async status => {
      const expired = Object.assign(new Error('It is expired'), {
        name: 'ExpiredToken',
        $metadata: { httpStatusCode: 403 },
      });
      await expect(
        callWith(status, () => Promise.reject(expired)),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: `The credentials have expired, during looking for bucket b (ExpiredToken: It is expired). ${credentialsAdvice}`,
      });
    },
  );

  it('keeps the error of the call when the credentials are accepted', async () => {
    const denied = callWith(403, async () => ({ Account: '123456789012' }));
    await expect(denied).rejects.toThrow('need s3:ListBucket');
  });

  it.each([404, 500, 503])('asks nothing more after a %s', async status => {
    const sts = jest.fn();
    await expect(callWith(status, sts)).rejects.toThrow('bucket b');
    expect(sts).not.toHaveBeenCalled();
  });

  it('returns what the call returns', async () => {
    const clients = { sts: {} } as any;
    const call = async () => 7;
    await expect(callingHead({ clients, doing, call })).resolves.toBe(7);
  });
});
