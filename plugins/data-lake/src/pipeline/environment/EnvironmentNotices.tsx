import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiPlayLine } from '@remixicon/react';
import { formatRoughly, formatTime, formatUtc } from '../../format';
import { runLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Note, Notice, RetryButton } from '../card/Notice';
import { findStaleAge } from '../convert/staleness';

/** Before the first observation. */
export function UnseenNotice(props: { observing: boolean; onLook(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Notice
      title={t('notice.unseenTitle')}
      look={props.observing ? runLook.running : undefined}
      action={
        !props.observing && (
          <Button onPress={() => props.onLook()}>
            {t('notice.unseenAction')}
          </Button>
        )
      }
    >
      {props.observing ? t('notice.unseenNow') : t('notice.unseen')}
    </Notice>
  );
}

/** The observation is too old to speak for the present. */
export function StaleNote(props: {
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

/** Deployed, never run. */
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

/** The selected run is not listed: just started, or too old. */
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
