import { previewUpload } from '@data-lake/s3-sync';
import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { releaseCheck } from './release';

jest.mock('@data-lake/s3-sync', () => ({ previewUpload: jest.fn() }));

const check = (options: {
  runs?: string;
  bucket?: string;
  uploads?: string[];
}) => {
  const { runs = 'releases/0123/', bucket = 'code', uploads = [] } = options;
  jest
    .mocked(previewUpload)
    .mockResolvedValue({ uploads, unchanged: 7 } as any);
  return runCheck(releaseCheck, {
    stack: stackOf(
      {},
      {
        outputs: { CodeBucketName: bucket },
        parameters: { ReleasePrefix: runs },
      },
    ),
  });
};

describe('the check of the release', () => {
  it('passes with this commit’s release, as it was uploaded', async () => {
    expect(await check({})).toEqual({
      state: 'passed',
      reason: '7 files in s3://code/releases/0123/',
    });
    expect(previewUpload).toHaveBeenCalledWith(
      expect.objectContaining({ bucket: 'code', prefix: 'releases/0123/' }),
    );
  });

  it.each([
    ['no release', { runs: '' }, /has no release/],
    ['no code bucket', { bucket: '' }, /has no release/],
    [
      'another release',
      { runs: 'releases/4567/' },
      /^It runs releases\/4567\/, and this commit makes releases\/0123\/$/,
    ],
    [
      'objects that were overwritten',
      { uploads: ['jobs/a.py'] },
      /^Missing or overwritten in s3:\/\/code\/releases\/0123\/: jobs\/a\.py$/,
    ],
  ])('fails with %s', async (_, options, reason) => {
    expect(await check(options)).toEqual({
      state: 'failed',
      reason: expect.stringMatching(reason),
      remedy: expect.any(String),
    });
  });

  it('fails without the stack', async () => {
    expect(await runCheck(releaseCheck)).toMatchObject({ state: 'failed' });
  });
});
