import { Crawler, GetCrawlerCommand } from '@aws-sdk/client-glue';
import {
  Health,
  lookUpState,
  RunPart,
  RunState,
  Step,
} from '@data-lake/plugin-data-lake-common';
import { consoleUrl } from '@data-lake/aws';
import { ObserveContext } from '../adapter';
import { ResourceState } from '../AdapterReader';
import { toTimestamp } from '../toTimestamp';
import { crawlerHealth, crawlState } from './status';

/**
 * Crawlers are read one by one: GetCrawlers lists the whole account's.
 * https://docs.aws.amazon.com/glue/latest/webapi/API_GetCrawler.html
 */
export async function getCrawler(context: ObserveContext, name: string) {
  const { Crawler: crawler } = await context.clients.glue.send(
    new GetCrawlerCommand({ Name: name }),
    { abortSignal: context.signal },
  );
  return crawler ?? {};
}

export function toCrawlerState(crawler: Crawler): ResourceState {
  const working = lookUpState(crawlerHealth, crawler.State);
  const last = crawler.LastCrawl;
  return {
    name: crawler.Name,
    health:
      working === 'healthy' && last?.Status
        ? lastCrawlHealth[lookUpState(crawlState, last.Status)]
        : working,
    status: crawler.State ?? 'unknown',
    reason: last?.ErrorMessage || undefined,
    facts: [
      { label: 'Last crawl', text: last?.Status ?? 'none yet' },
      { label: 'Database', text: crawler.DatabaseName ?? 'unknown' },
    ],
    updatedAt: toTimestamp(crawler.LastUpdated),
  };
}

const lastCrawlHealth = {
  queued: 'running',
  running: 'running',
  succeeded: 'healthy',
  failed: 'failed',
  // Stopped by hand: the tables may be as they were before.
  cancelled: 'late',
  late: 'late',
  skipped: 'unknown',
  unknown: 'unknown',
} satisfies Record<RunState, Health>;

/** The running crawl, or the last one; Glue keeps its start and no end. */
export function toCrawlParts(
  context: ObserveContext,
  crawler: Crawler,
  now: Date,
): RunPart[] {
  const name = crawler.Name!;
  const url = consoleUrl(context.environment, { of: 'crawler', name });
  const toRunPart = (startedAt: string, reported: Partial<Step>): RunPart => ({
    partOf: 'by time',
    steps: [
      {
        // A crawler crawls once a run; the start of a running crawl is known to a second only.
        id: `glue:crawl:${name}`,
        service: 'glue',
        kind: 'crawl',
        name,
        state: 'running',
        status: crawler.State ?? 'unknown',
        consoleUrl: url,
        startedAt,
        ...reported,
      },
    ],
  });
  if (crawler.State === 'RUNNING' || crawler.State === 'STOPPING') {
    const elapsed = crawler.CrawlElapsedTime ?? 0;
    const seconds = Math.floor((now.getTime() - elapsed) / 1_000);
    return [toRunPart(new Date(seconds * 1_000).toISOString(), {})];
  }
  const last = crawler.LastCrawl;
  const startedAt = toTimestamp(last?.StartTime);
  if (!last || !startedAt || startedAt < context.since.toISOString()) return [];
  return [
    toRunPart(startedAt, {
      state: lookUpState(crawlState, last.Status),
      status: last.Status ?? 'unknown',
      error: last.ErrorMessage || undefined,
    }),
  ];
}
