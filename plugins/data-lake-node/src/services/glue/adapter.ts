import { Crawler } from '@aws-sdk/client-glue';
import { ServiceAdapter } from '../adapter';
import { reading } from '../reading';
import { listResources } from '../stackIndex';
import { getCrawler, toCrawlerState, traceCrawler } from './crawlers';
import { readJob, traceJob } from './jobs';
import { listTables, readDatabase } from './tables';

/** Jobs and their runs, crawlers and their last crawl, databases and their tables. */
export const glue = {
  id: 'glue',
  resourceTypes: [
    'AWS::Glue::Job',
    'AWS::Glue::Crawler',
    'AWS::Glue::Database',
  ],
  async observe(context) {
    const { attempt, describeAll, problems } = reading(context, 'glue');
    const { stacks } = context;
    const crawlers: Crawler[] = [];

    const readJobs = describeAll(
      listResources(stacks, ['AWS::Glue::Job']),
      job => ({
        doing: { what: `reading Glue job ${job.id}`, action: 'glue:GetJob' },
        read: () => readJob(context, job.id),
      }),
    );
    const readCrawlers = describeAll(
      listResources(stacks, ['AWS::Glue::Crawler']),
      crawler => ({
        doing: {
          what: `reading crawler ${crawler.id}`,
          action: 'glue:GetCrawler',
        },
        read: async () => {
          const found = await getCrawler(context, crawler.id);
          crawlers.push(found);
          return toCrawlerState(found);
        },
      }),
    );
    const readDatabases = describeAll(
      listResources(stacks, ['AWS::Glue::Database']),
      database => ({
        doing: {
          what: `reading Glue database ${database.id}`,
          action: 'glue:GetDatabase',
        },
        read: () => readDatabase(context, database.id),
      }),
    );
    const [jobs, crawlerResources, databases] = await Promise.all([
      readJobs,
      readCrawlers,
      readDatabases,
    ]);
    const isThere = ({ health }: { health: string }) => health !== 'gone';
    const [jobRuns, tables] = await Promise.all([
      Promise.all(
        jobs.filter(isThere).map(job =>
          attempt(
            {
              what: `listing runs of Glue job ${job.id}`,
              action: 'glue:GetJobRuns',
            },
            () => traceJob(context, job.id),
          ),
        ),
      ),
      Promise.all(
        databases.filter(isThere).map(database =>
          attempt(
            {
              what: `listing tables of ${database.id}`,
              action: 'glue:GetTables',
            },
            () => listTables(context, database.id),
          ),
        ),
      ),
    ]);
    const resources = [
      ...jobs,
      ...crawlerResources,
      ...databases,
      ...tables.flatMap(found => found ?? []),
    ];
    const now = new Date();
    const traces = [
      ...jobRuns.flatMap(found => found ?? []),
      ...crawlers.flatMap(crawler => traceCrawler(context, crawler, now)),
    ];
    return { resources, traces, problems };
  },
} satisfies ServiceAdapter;
