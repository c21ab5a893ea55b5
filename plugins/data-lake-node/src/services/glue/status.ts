import type {
  CrawlerState,
  JobRunState,
  LastCrawlStatus,
} from '@aws-sdk/client-glue';
import { Health, RunState } from '@data-lake/plugin-data-lake-common';

/**
 * Complete on purpose: an SDK upgrade that adds a state stops the build here.
 * https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html
 */
export const jobRunState = {
  WAITING: 'queued',
  STARTING: 'queued',
  RUNNING: 'running',
  STOPPING: 'running',
  STOPPED: 'cancelled',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  ERROR: 'failed',
  TIMEOUT: 'failed',
  EXPIRED: 'failed',
} satisfies Record<JobRunState, RunState>;

/** A crawler that is not at work is as healthy as its last crawl. */
export const crawlerHealth = {
  READY: 'healthy',
  RUNNING: 'running',
  STOPPING: 'running',
} satisfies Record<CrawlerState, Health>;

export const crawlState = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} satisfies Record<LastCrawlStatus, RunState>;
