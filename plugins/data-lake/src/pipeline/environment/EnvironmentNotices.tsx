import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiPlayLine } from '@remixicon/react';
import { formatRoughly, formatTime, formatUtc } from '../../format';
import { runLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Note, Notice, RetryButton } from '../card/Notice';
import { Problems } from './Problems';
import { findStaleAge } from '../convert/staleness';

/** The notices about the observation itself: missing, too old, or incomplete. */
export function ObservationNotices(props: {
  environment: EnvironmentStatus;
  now: number;
  onRefresh(): void;
}) {
  const { environment, onRefresh } = props;
  return (
    <>
      {!environment.observedAt && (
        <UnseenNotice observing={environment.observing} onRead={onRefresh} />
      )}
      <StaleNote
        environment={environment}
        now={props.now}
        onRetry={onRefresh}
      />
      {environment.problems.length > 0 && (
        <Problems environment={environment} />
      )}
    </>
  );
}

/** Before the first observation. */
function UnseenNotice(props: { observing: boolean; onRead(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Notice
      title={t('notice.unseenTitle')}
      look={props.observing ? runLook.running : undefined}
      action={
        !props.observing && (
          <Button onPress={() => props.onRead()}>
            {t('notice.unseenAction')}
          </Button>
        )
      }
    >
      {props.observing ? t('notice.unseenNow') : t('notice.unseen')}
    </Notice>
  );
}

/** Above an observation that is too old to be current. */
function StaleNote(props: {
  environment: EnvironmentStatus;
  now: number;
  onRetry(): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { observedAt } = props.environment;
  const age = findStaleAge(props.environment, props.now);
  if (age === undefined || !observedAt) return null;
  return (
    <Note action={<RetryButton onPress={props.onRetry} />}>
      <strong>{t('notice.staleTitle', { age: formatRoughly(age) })}</strong>{' '}
      <span title={formatUtc(observedAt)}>
        {t('notice.stale', { time: formatTime(observedAt) })}
      </span>
    </Note>
  );
}

/** For an environment that was deployed and has never run. */
export function NoRuns(props: { onRun?: () => void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { onRun } = props;
  return (
    <Notice
      title={t('notice.noRunsTitle')}
      look={runLook.queued}
      action={
        onRun && (
          <Button iconStart={<RiPlayLine size={16} />} onPress={() => onRun()}>
            {t('notice.noRunsAction')}
          </Button>
        )
      }
    >
      {onRun ? t('notice.noRuns') : t('notice.noRunsDenied')}
    </Notice>
  );
}

/** In place of a selected run that is not listed: just started, or too old. */
export function RunNotice(props: {
  id: string;
  awaited: boolean;
  count: number;
  onNewest(): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { id, count } = props;
  if (props.awaited) {
    return (
      <Notice title={t('trace.awaitedTitle', { id })} look={runLook.queued}>
        {t('trace.awaited')}
      </Notice>
    );
  }
  return (
    <Notice
      title={t('trace.absentTitle', { id })}
      action={
        <Button variant="secondary" onPress={() => props.onNewest()}>
          {t('trace.newest')}
        </Button>
      }
    >
      {t('trace.absent', { number: String(count) })}
    </Notice>
  );
}
