import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Run } from '@data-lake/plugin-data-lake-common';
import { judge } from '@data-lake/plugin-data-lake-node';
import { Stored } from '../store/PipelineStore';
import type { ObserveTarget } from './Observer';

/** Tells open pages that something changed, and the owner that a run failed. */
export class Announcer {
  constructor(
    private readonly options: {
      signals: SignalsService;
      notifications: NotificationService;
      logger: LoggerService;
    },
  ) {}

  /** Never rejects: an observation is worth keeping though nobody could be told. */
  async announce(
    target: ObserveTarget,
    seen: { before: Stored; after: Stored },
  ): Promise<void> {
    const { entityRef, environment } = target;
    if (hasChanged(seen)) {
      await this.options.signals
        .publish({
          recipients: { type: 'broadcast' },
          channel: `data-lake:${entityRef}`,
          message: { environment: environment.name },
        })
        .catch(error => this.warn('signal', error));
    }
    for (const run of findNewFailures(seen)) {
      await this.notify(target, run, seen.after);
    }
  }

  private async notify(target: ObserveTarget, run: Run, after: Stored) {
    const { owner, entityRef, environment } = target;
    if (!owner) return;
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const cause = run.steps.find(({ id }) => id === run.firstFailure);
    await this.options.notifications
      .send({
        recipients: { type: 'entity', entityRef: owner },
        payload: {
          title: `${name}, ${environment.name}: run ${run.id} failed`,
          description: cause
            ? `${cause.kind} ${cause.name}: ${cause.error ?? cause.status}`
            : judge({ ...after, runs: [run] }, new Date()).reason,
          link: `/catalog/${namespace}/${kind}/${name}/pipeline`,
          severity: 'high',
          topic: 'data-lake',
          scope: `data-lake:${entityRef}:${environment.name}:${run.id}`,
        },
      })
      .catch(error => this.warn('notification', error));
  }

  private warn(what: string, error: unknown) {
    this.options.logger.warn(
      `A ${what} could not be sent: ${stringifyError(error)}`,
    );
  }
}

/** All but the times of looking. */
function hasChanged({ before, after }: { before: Stored; after: Stored }) {
  const told = ({ resources, problems, schedule, trigger, runs }: Stored) =>
    JSON.stringify([resources, problems, schedule, trigger, runs]);
  return !before.observedAt || told(before) !== told(after);
}

/** Failures of before the first look are history, and no news. */
function findNewFailures({
  before,
  after,
}: {
  before: Stored;
  after: Stored;
}): Run[] {
  if (!before.observedAt) return [];
  const former = new Map(before.runs.map(run => [run.id, run.state]));
  return after.runs.filter(
    run => run.state === 'failed' && former.get(run.id) !== 'failed',
  );
}
