import { contextWith, stackWith } from '../__testUtils__/context';
import { describeContract, inTwoPages } from '../__testUtils__/contract';
import { sdkError } from '../__testUtils__/fakeClients';
import { emrserverless } from './adapter';

const app = '00f1abc';
const runId = '20261122T100000-aaaa';
const stacks = [stackWith([['AWS::EMRServerless::Application', app]])];
const jobRun = (jobRunId: string, more = {}) => ({
  jobRunId,
  name: `movielens-demo-${runId}-preprocess_movies`,
  state: 'SUCCESS',
  tags: { 'data-lake:run-id': runId },
  createdAt: new Date('2026-11-22T10:00:00Z'),
  updatedAt: new Date('2026-11-22T10:03:00Z'),
  ...more,
});
const application = {
  applicationId: app,
  name: 'movielens-demo',
  state: 'CREATED',
  releaseLabel: 'emr-7.14.0',
};
const healthy = {
  GetApplication: () => ({ application }),
  ListJobRuns: () => ({ jobRuns: [{ id: 'jr-1' }] }),
  GetJobRun: ({ jobRunId }: any) => ({ jobRun: jobRun(jobRunId) }),
};

describe('emrserverless', () => {
  describeContract({
    adapter: emrserverless,
    stacks,
    healthy,
    ids: [app, 'emrserverless:job:jr-1'],
    paged: {
      answers: {
        ListJobRuns: inTwoPages({
          first: { jobRuns: [{ id: 'jr-1' }] },
          second: { jobRuns: [{ id: 'jr-2' }] },
          in: 'nextToken',
          out: 'nextToken',
        }),
      },
      ids: ['emrserverless:job:jr-2'],
    },
    gone: {
      answers: {
        GetApplication: () => {
          throw sdkError(
            'ResourceNotFoundException',
            'no such application',
            404,
          );
        },
      },
      id: app,
    },
    unknownStatus: {
      answers: {
        GetApplication: () => ({
          application: { ...application, state: 'ASLEEP' },
        }),
        GetJobRun: ({ jobRunId }) => ({
          jobRun: jobRun(jobRunId, { state: 'ASLEEP' }),
        }),
      },
      ids: [app, 'emrserverless:job:jr-1'],
    },
    action: 'emr-serverless:GetApplication',
  });

  it('joins by the tag, under the name of the task', async () => {
    const context = contextWith({ stacks, answers: healthy });
    const [part] = (await emrserverless.observe(context)).parts;
    expect(part).toMatchObject({
      partOf: { runId },
      steps: [{ name: 'preprocess_movies' }],
    });
  });
});
