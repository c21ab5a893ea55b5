import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { assertOwnBucket } from '@data-lake/s3-sync';
import { listBucketProblems } from './listBucketProblems';

jest.mock('@data-lake/s3-sync', () => ({ assertOwnBucket: jest.fn() }));

const list = (errors: Record<string, Error | undefined>) => {
  jest.mocked(assertOwnBucket).mockImplementation(async ({ bucket }) => {
    if (errors[bucket]) throw errors[bucket];
  });
  return listBucketProblems({
    clients: {} as any,
    buckets: ['', ...Object.keys(errors)],
  });
};

describe('listBucketProblems', () => {
  it('has a line for each bucket that is missing or another account’s', async () => {
    expect(
      await list({
        fine: undefined,
        missing: new NotFoundError('no missing'),
        foreign: new NotAllowedError('not yours'),
      }),
    ).toEqual([
      'no missing, or leave it empty: the stack then creates one',
      'not yours',
    ]);
  });

  it('takes no answer for no problem', async () => {
    await expect(
      list({ silent: new ServiceUnavailableError('no answer') }),
    ).rejects.toThrow('no answer');
  });
});
