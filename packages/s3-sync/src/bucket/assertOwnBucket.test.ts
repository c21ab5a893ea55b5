import { assertOwnBucket } from './assertOwnBucket';

/** An answer to HEAD has no body: the SDK knows a status alone. */
const bodiless = (status: number) =>
  Object.assign(new Error('UnknownError'), {
    name: status === 404 ? 'NotFound' : 'UnknownError',
    $metadata: { httpStatusCode: status },
  });

const expired = Object.assign(new Error('The security token is expired'), {
  name: 'ExpiredToken',
  $metadata: { httpStatusCode: 403 },
});

const assertWith = (status: number, sts: () => Promise<unknown>) =>
  assertOwnBucket({
    clients: {
      target: { account: '123456789012', region: 'eu-west-1' },
      s3: { send: () => Promise.reject(bodiless(status)) },
      sts: { send: sts },
    } as any,
    bucket: 'b',
  });

describe('assertOwnBucket', () => {
  it.each([400, 403])(
    'takes expired credentials for what they are, not for a foreign bucket (%s)',
    async status => {
      await expect(
        assertWith(status, () => Promise.reject(expired)),
      ).rejects.toThrow('The credentials have expired');
    },
  );

  it('says that the bucket is of another account when the credentials are accepted', async () => {
    await expect(assertWith(403, async () => ({}))).rejects.toThrow(
      'Bucket b does not belong to account 123456789012',
    );
  });

  it('says that there is no such bucket', async () => {
    await expect(assertWith(404, async () => ({}))).rejects.toThrow(
      'There is no bucket b in account 123456789012',
    );
  });
});
