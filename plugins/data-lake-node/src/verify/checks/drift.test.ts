import { StackDriftDetectionStatus } from '@aws-sdk/client-cloudformation';
import { Answers } from '../../services/__testUtils__/fakeClients';
import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { driftCheck } from './drift';

const stack = stackOf({ Data: ['AWS::S3::Bucket'], Key: ['AWS::KMS::Key'] });
const detecting = (
  DetectionStatus: string,
  drifts: object[] = [],
): Answers => ({
  DetectStackDrift: () => ({ StackDriftDetectionId: '1' }),
  DescribeStackDriftDetectionStatus: () => ({
    DetectionStatus,
    DetectionStatusReason: 'no access to Key',
  }),
  // one a page
  DescribeStackResourceDrifts: ({ NextToken = '0' }) => ({
    StackResourceDrifts: drifts.slice(Number(NextToken), Number(NextToken) + 1),
    NextToken:
      Number(NextToken) + 1 < drifts.length
        ? String(Number(NextToken) + 1)
        : undefined,
  }),
});
const drifts = [
  {
    LogicalResourceId: 'Data',
    ResourceType: 'AWS::S3::Bucket',
    StackResourceDriftStatus: 'MODIFIED',
    PropertyDifferences: [
      { PropertyPath: '/Versioning' },
      { PropertyPath: '/Tags/0' },
    ],
  },
  {
    LogicalResourceId: 'Key',
    ResourceType: 'AWS::KMS::Key',
    StackResourceDriftStatus: 'DELETED',
  },
];
const check = (answers: Answers) => runCheck(driftCheck, { answers, stack });

afterEach(() => jest.restoreAllMocks());

describe('the check of drift', () => {
  const reasons = {
    DETECTION_COMPLETE: /^2 resources/,
    DETECTION_FAILED: /could not compare all/,
    // an error, which verifyProject makes unknown
    DETECTION_IN_PROGRESS: /did not finish drift detection .* in time/,
  } satisfies Record<StackDriftDetectionStatus, RegExp>;

  it.each(Object.entries(reasons))(
    'passes without drift after a complete detection alone, not after %s',
    async (status, reason) => {
      let now = 0;
      jest.spyOn(Date, 'now').mockImplementation(() => (now += 90_000));
      const { state, ...outcome } = await check(detecting(status)).catch(
        error => ({ state: 'unknown', reason: error.message }),
      );
      expect(outcome.reason).toMatch(reason);
      expect(state).toBe(
        status === 'DETECTION_COMPLETE' ? 'passed' : 'unknown',
      );
    },
  );

  it('says why a detection failed', async () => {
    expect(await check(detecting('DETECTION_FAILED'))).toMatchObject({
      reason:
        'CloudFormation could not compare all of movielens-demo-foundations: no access to Key',
      remedy: expect.stringContaining('Allow the role'),
    });
  });

  it.each(['DETECTION_COMPLETE', 'DETECTION_FAILED'])(
    'fails with each resource that drifted, after %s',
    async status => {
      expect(await check(detecting(status, drifts))).toMatchObject({
        state: 'failed',
        reason:
          'Changed outside CloudFormation: Data (AWS::S3::Bucket): /Versioning, /Tags/0; Key (AWS::KMS::Key): deleted',
      });
    },
  );

  it('is unknown without a stack', async () => {
    expect(await runCheck(driftCheck)).toEqual({
      state: 'unknown',
      reason: 'There is no stack to compare',
      remedy: undefined,
    });
  });
});
