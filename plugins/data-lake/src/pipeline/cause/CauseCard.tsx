import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { services } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { formatTime, formatUtc } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { serviceIcons } from '../card/serviceIcons';
import styles from './CauseCard.module.css';
import { describeCause } from './describeCause';
import type { Cause } from './findCause';
import { NextSteps } from './NextSteps';

/** The card of the first failure: its message, since when, and what to do about it. */
export function CauseCard(props: {
  cause: Cause;
  onShow(selection: { run: string; step: string }): void;
  /** Absent if the reader may not start a run. */
  onRun?: () => void;
}) {
  const { cause } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const description = describeCause(cause);
  const { name, since } = description;
  const service = services[description.service].title;
  const Icon = serviceIcons[description.service];
  return (
    <section
      className={clsx(cardStyles.card, styles.cause)}
      aria-label={t('cause.label')}
    >
      <div className={styles.what}>
        <p className={styles.eyebrow}>
          <Icon size={14} aria-hidden />
          {t('cause.eyebrow', { service, kind: description.kind })}
        </p>
        <h2>
          {cause.by === 'step'
            ? t('cause.stepTitle', { name })
            : t('cause.resourceTitle', { name, status: cause.resource.status })}
        </h2>
        <blockquote>
          {description.message ?? t('cause.noMessage', { service })}
        </blockquote>
        {since && (
          <dl className={styles.facts}>
            <dt>{t('cause.since')}</dt>
            <dd title={formatUtc(since)}>{toSince(cause, since, t)}</dd>
          </dl>
        )}
      </div>
      <NextSteps
        {...props}
        service={service}
        consoleUrl={description.consoleUrl}
      />
    </section>
  );
}

function toSince(cause: Cause, since: string, t: Translate): string {
  const time = formatTime(since);
  return cause.by === 'step' && cause.runs > 1
    ? t('cause.sinceMany', { time, number: String(cause.runs) })
    : t('cause.sinceOne', { time });
}
