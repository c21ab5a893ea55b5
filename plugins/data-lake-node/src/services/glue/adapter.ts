import { Crawler } from '@aws-sdk/client-glue';
import { ObservedResource } from '@data-lake/plugin-data-lake-common';
import { ObserveContext, ServiceAdapter } from '../adapter';
import { AdapterReader } from '../AdapterReader';
import { listResources } from '../stackIndex';
import { getCrawler, toCrawlerState, toCrawlParts } from './crawlers';
import { listJobRuns, readJob } from './jobs';
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
    const reader = new AdapterReader(context, 'glue');
    const [jobs, crawlers, databases] = await Promise.all([
      observeJobs(context, reader),
      observeCrawlers(context, reader),
      observeDatabases(context, reader),
    ]);
    return {
      resources: [...jobs.resources, ...crawlers.resources, ...databases],
      parts: [...jobs.parts, ...crawlers.parts],
      problems: reader.problems,
    };
  },
} satisfies ServiceAdapter;

const isThere = ({ health }: ObservedResource) => health !== 'gone';

async function observeJobs(context: ObserveContext, reader: AdapterReader) {
  const resources = await reader.describeAll(
    listResources(context.stacks, ['AWS::Glue::Job']),
    job => ({
      doing: { what: `reading Glue job ${job.id}`, action: 'glue:GetJob' },
      read: () => readJob(context, job.id),
    }),
  );
  const runs = await Promise.all(
    resources.filter(isThere).map(job =>
      reader.attempt(
        {
          what: `listing runs of Glue job ${job.id}`,
          action: 'glue:GetJobRuns',
        },
        () => listJobRuns(context, job.id),
      ),
    ),
  );
  return { resources, parts: runs.flatMap(found => found ?? []) };
}

async function observeCrawlers(context: ObserveContext, reader: AdapterReader) {
  const crawlers: Crawler[] = [];
  const resources = await reader.describeAll(
    listResources(context.stacks, ['AWS::Glue::Crawler']),
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
  const now = new Date();
  const parts = crawlers.flatMap(crawler =>
    toCrawlParts(context, crawler, now),
  );
  return { resources, parts };
}

async function observeDatabases(
  context: ObserveContext,
  reader: AdapterReader,
): Promise<ObservedResource[]> {
  const databases = await reader.describeAll(
    listResources(context.stacks, ['AWS::Glue::Database']),
    database => ({
      doing: {
        what: `reading Glue database ${database.id}`,
        action: 'glue:GetDatabase',
      },
      read: () => readDatabase(context, database.id),
    }),
  );
  const tables = await Promise.all(
    databases.filter(isThere).map(database =>
      reader.attempt(
        {
          what: `listing tables of ${database.id}`,
          action: 'glue:GetTables',
        },
        () => listTables(context, database.id),
      ),
    ),
  );
  return [...databases, ...tables.flatMap(found => found ?? [])];
}
