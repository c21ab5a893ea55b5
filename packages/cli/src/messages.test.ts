import { translateAwsError } from '@data-lake/aws';
import { toCliText } from './messages';

describe('toCliText', () => {
  it.each([
    ['give emptyBuckets: true', 'give --empty-buckets'],
    ['say so with maxDeleted: 29', 'say so with --max-deleted 29'],
    ['give templateBucket, a bucket', 'give --template-bucket, a bucket'],
    ['resourcesToSkip names it', '--resources-to-skip names it'],
    ['the dataBucket myBucket: true', 'the dataBucket myBucket: true'],
  ])('%s', (message, flags) => {
    expect(toCliText(message)).toBe(flags);
  });

  it.each(['ExpiredToken', 'InvalidClientTokenId', 'CredentialsProviderError'])(
    'advises about credentials as of CI, not of Backstage, after %s',
    name => {
      const { message } = translateAwsError(
        Object.assign(new Error('no'), { name }),
        'reading x',
      );
      const text = toCliText(`Deployment failed: ${message}`);
      expect(text).toContain('AWS_ROLE_ARN');
      expect(text).not.toMatch(/aws\.accounts|configuration/);
    },
  );
});
