import { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  assessHealth,
  findFirstFailure,
  ObservedEnvironment,
  Run,
} from '@data-lake/plugin-data-lake-common';
import { StoredObservation } from '../store/ObservationStore';

/** An environment before and after an observation. */
export interface Change {
  before: StoredObservation;
  after: StoredObservation;
}

/** Tells open pages that something changed, and the owner that a run failed. */
export class ChangeNotifier {
  constructor(
    private readonly options: {
      signals: SignalsService;
      notifications: NotificationService;
      logger: LoggerService;
    },
  ) {}

  /** Never rejects: an observation is worth keeping even if no message could be sent. */
  async notify(
    environment: ObservedEnvironment,
    change: Change,
  ): Promise<void> {
    if (hasChanged(change)) await this.signalPages(environment);
    for (const run of findNewFailures(change)) {
      await this.notifyOwner(environment, run, change.after);
    }
  }

  private async signalPages({ entityRef, name }: ObservedEnvironment) {
    await this.options.signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: `data-lake:${entityRef}`,
        message: { environment: name },
      })
      .catch(error => this.warn('signal', error));
  }

  private async notifyOwner(
    environment: ObservedEnvironment,
    run: Run,
    after: StoredObservation,
  ) {
    const { owner, entityRef } = environment;
    if (!owner) return;
    const { kind, namespace, name } = parseEntityRef(entityRef);
    await this.options.notifications
      .send({
        recipients: { type: 'entity', entityRef: owner },
        payload: {
          title: `${name}, ${environment.name}: run ${run.id} failed`,
          description: describeFailure(run, after),
          link: `/catalog/${namespace}/${kind}/${name}/pipeline`,
          severity: 'high',
          topic: 'data-lake',
          scope: `data-lake:${entityRef}:${environment.name}:${run.id}`,
        },
      })
      .catch(error => this.warn('notification', error));
  }

  private warn(message: string, error: unknown) {
    this.options.logger.warn(
      `A ${message} could not be sent: ${stringifyError(error)}`,
    );
  }
}

function describeFailure(run: Run, after: StoredObservation): string {
  const step = findFirstFailure(run);
  return step
    ? `${step.kind} ${step.name}: ${step.error ?? step.status}`
    : assessHealth({ ...after, runs: [run] }, new Date()).reason;
}

/** Compares all but the times of the observations. */
function hasChanged({ before, after }: Change): boolean {
  const toText = ({
    resources,
    problems,
    schedule,
    dag,
    runs,
  }: StoredObservation) =>
    JSON.stringify([resources, problems, schedule, dag, runs]);
  return !before.observedAt || toText(before) !== toText(after);
}

/** Failures of before the first observation are history, not news. */
function findNewFailures({ before, after }: Change): Run[] {
  if (!before.observedAt) return [];
  const former = new Map(before.runs.map(run => [run.id, run.state]));
  return after.runs.filter(
    run => run.state === 'failed' && former.get(run.id) !== 'failed',
  );
}
