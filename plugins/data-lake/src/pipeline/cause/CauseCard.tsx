import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { services } from '@data-lake/plugin-data-lake-common';
import { RiExternalLinkLine, RiPlayLine } from '@remixicon/react';
import clsx from 'clsx';
import { formatTime, formatUtc } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { serviceIcons } from '../card/serviceIcons';
import styles from './CauseCard.module.css';
import type { Cause } from './findCause';

/** What failed first, in its own words, since when, and what to do about it. */
export function CauseCard(props: {
  cause: Cause;
  onShow(selection: { run: string; step: string }): void;
  /** Absent where the reader may not run. */
  onRun?: () => void;
}) {
  const { cause, onShow, onRun } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const told = toWords(cause);
  const service = services[told.service].title;
  const Icon = serviceIcons[told.service];
  return (
    <section
      className={clsx(cardStyles.card, styles.cause)}
      aria-label={t('cause.label')}
    >
      <div className={styles.what}>
        <p className={styles.eyebrow}>
          <Icon size={14} aria-hidden />
          {t('cause.eyebrow', { service, kind: told.kind })}
        </p>
        <h2>
          {cause.by === 'step'
            ? t('cause.stepTitle', { name: told.name })
            : t('cause.resourceTitle', {
                name: told.name,
                status: cause.resource.status,
              })}
        </h2>
        <blockquote>
          {told.message ?? t('cause.noMessage', { service })}
        </blockquote>
        {told.since && (
          <dl className={styles.facts}>
            <dt>{t('cause.since')}</dt>
            <dd title={formatUtc(told.since)}>
              {cause.by === 'step' && cause.runs > 1
                ? t('cause.sinceMany', {
                    time: formatTime(told.since),
                    number: String(cause.runs),
                  })
                : t('cause.sinceOne', { time: formatTime(told.since) })}
            </dd>
          </dl>
        )}
      </div>
      <div className={styles.todo}>
        <h3>{t('cause.todo')}</h3>
        <ol>
          <li>
            <strong>
              {told.consoleUrl
                ? t('cause.todoRead', { service })
                : t('cause.todoStep')}
            </strong>
            {told.consoleUrl && <span>{t('cause.todoReadWhy')}</span>}
            <div className={styles.actions}>
              {told.consoleUrl && (
                <a
                  href={told.consoleUrl}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {t('cause.console', { service })}{' '}
                  <RiExternalLinkLine size={14} aria-hidden />
                </a>
              )}
              {cause.by === 'step' && (
                <Button
                  variant="secondary"
                  onPress={() =>
                    onShow({ run: cause.run.id, step: cause.step.id })
                  }
                >
                  {t('cause.showStep')}
                </Button>
              )}
            </div>
          </li>
          {onRun && (
            <li>
              <strong>{t('cause.todoRun')}</strong>
              <span>{t('cause.todoRunWhy')}</span>
              <div className={styles.actions}>
                <Button
                  variant="secondary"
                  iconStart={<RiPlayLine size={16} />}
                  onPress={() => onRun()}
                >
                  {t('verdict.run')}
                </Button>
              </div>
            </li>
          )}
        </ol>
      </div>
    </section>
  );
}

function toWords(cause: Cause) {
  if (cause.by === 'step') {
    const { service, kind, name, error, consoleUrl } = cause.step;
    return {
      service,
      kind,
      name,
      message: error,
      consoleUrl,
      since: cause.since,
    };
  }
  const { service, type, name, reason, consoleUrl, updatedAt } = cause.resource;
  return {
    service,
    kind: type,
    name,
    message: reason,
    consoleUrl,
    since: updatedAt,
  };
}
