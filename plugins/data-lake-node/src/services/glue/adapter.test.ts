import { contextWith, stackWith } from '../__testUtils__/context';
import {
  describeContract,
  endlessly,
  inTwoPages,
} from '../__testUtils__/contract';
import { sdkError } from '../__testUtils__/fakeClients';
import { glue } from './adapter';

const job = 'movielens-demo-transform';
const crawler = 'movielens-demo-curated';
const database = 'movielens_demo';
const stacks = [
  stackWith([
    ['AWS::Glue::Job', job],
    ['AWS::Glue::Crawler', crawler],
    ['AWS::Glue::Database', database],
  ]),
];
const jobRun = (Id: string, more = {}) => ({
  Id,
  JobRunState: 'SUCCEEDED',
  StartedOn: new Date('2026-11-22T10:00:00Z'),
  CompletedOn: new Date('2026-11-22T10:05:00Z'),
  Arguments: { '--run_id': '20261122T100000-aaaa' },
  ...more,
});
const found = {
  Name: crawler,
  State: 'READY',
  DatabaseName: database,
  LastCrawl: {
    Status: 'SUCCEEDED',
    StartTime: new Date('2026-11-22T10:06:00Z'),
  },
};
const table = (Name: string) => ({ Name, Parameters: { recordCount: '1000' } });
const healthy = {
  GetJob: () => ({ Job: { Name: job, GlueVersion: '5.1' } }),
  GetCrawler: () => ({ Crawler: found }),
  GetDatabase: () => ({ Database: { Name: database } }),
  GetJobRuns: () => ({ JobRuns: [jobRun('jr_1')] }),
  GetTables: () => ({ TableList: [table('movies')] }),
};
const notFound = () => {
  throw sdkError('EntityNotFoundException', 'no such thing');
};

describe('glue', () => {
  describeContract({
    adapter: glue,
    stacks,
    healthy,
    ids: [
      job,
      crawler,
      database,
      'movielens_demo.movies',
      'glue:job run:jr_1',
      `glue:crawl:${crawler}`,
    ],
    paged: {
      answers: {
        GetJobRuns: inTwoPages({
          first: { JobRuns: [jobRun('jr_1')] },
          second: { JobRuns: [jobRun('jr_2')] },
          in: 'NextToken',
          out: 'NextToken',
        }),
        GetTables: inTwoPages({
          first: { TableList: [table('movies')] },
          second: { TableList: [table('tags')] },
          in: 'NextToken',
          out: 'NextToken',
        }),
      },
      ids: ['glue:job run:jr_2', 'movielens_demo.tags'],
    },
    endless: {
      GetTables: endlessly({ TableList: [] }, 'NextToken'),
      GetJobRuns: endlessly({ JobRuns: [] }, 'NextToken'),
    },
    gone: { answers: { GetJob: notFound }, id: job },
    unknownStatus: {
      answers: {
        GetCrawler: () => ({ Crawler: { ...found, State: 'DAYDREAMING' } }),
        GetJobRuns: () => ({
          JobRuns: [jobRun('jr_1', { JobRunState: 'HMM' })],
        }),
      },
      ids: [crawler, 'glue:job run:jr_1'],
    },
    action: 'glue:GetJob',
  });

  const parts = async (answers: object) =>
    (
      await glue.observe(
        contextWith({ stacks, answers: { ...healthy, ...answers } }),
      )
    ).parts;

  it('joins job runs by their argument; one started by hand joins nothing', async () => {
    const found2 = await parts({
      GetJobRuns: () => ({
        JobRuns: [
          jobRun('jr_1'),
          jobRun('jr_2', {
            Arguments: {},
            JobRunState: 'FAILED',
            ErrorMessage: 'no space',
          }),
        ],
      }),
    });
    expect(found2.map(part => part.partOf)).toEqual([
      { runKey: '20261122T100000-aaaa' },
      'none',
      'by time',
    ]);
    expect(found2[1].steps[0]).toMatchObject({
      state: 'failed',
      error: 'no space',
    });
  });

  it('tells rows of tables', async () => {
    const { resources } = await glue.observe(
      contextWith({ stacks, answers: healthy }),
    );
    expect(resources.find(r => r.name === 'movies')?.facts[0]).toEqual({
      label: 'Rows',
      text: '1000',
    });
  });

  it('calls a crawler failed whose last crawl failed, and a running crawl running', async () => {
    const failed = {
      Status: 'FAILED',
      ErrorMessage: 'denied',
      StartTime: new Date('2026-11-22'),
    };
    const { resources } = await glue.observe(
      contextWith({
        stacks,
        answers: {
          ...healthy,
          GetCrawler: () => ({ Crawler: { ...found, LastCrawl: failed } }),
        },
      }),
    );
    expect(resources.find(r => r.id === crawler)).toMatchObject({
      health: 'failed',
      reason: 'denied',
    });
    const running = await parts({
      GetCrawler: () => ({
        Crawler: { ...found, State: 'RUNNING', CrawlElapsedTime: 4_000 },
      }),
    });
    expect(running.at(-1)?.steps[0]).toMatchObject({
      kind: 'crawl',
      state: 'running',
    });
  });
});
