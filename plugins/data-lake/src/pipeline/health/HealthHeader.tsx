import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { useId } from 'react';
import { formatRoughly, toMessage } from '../../format';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { Note } from '../card/Notice';
import { findStaleAge, toShownHealth } from '../convert/staleness';
import { Announcement } from './Announcement';
import { HeaderActions } from './HeaderActions';
import styles from './HealthHeader.module.css';
import { HealthRules } from './HealthRules';
import { listHeaderFacts } from './listHeaderFacts';

/** The health of an environment: its reason, facts, actions, and the rules it follows from. */
export function HealthHeader(props: {
  environment: EnvironmentStatus;
  now: number;
  refreshError?: Error;
  onRefresh(): void;
  onRun(): void;
  onSelectRun(id: string): void;
  onDeploy(): void;
  onDelete(): void;
}) {
  const { environment, now } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const deniedId = useId();
  const status = toShownHealth(environment, now);
  const health = t(`health.${status}`);
  const reason = useReason(environment, now);
  return (
    <section
      className={clsx(cardStyles.card, styles.header)}
      aria-label={t('header.label')}
    >
      <Announcement
        text={t('header.announcement', {
          environment: environment.name,
          health,
          reason,
        })}
      />
      <div className={styles.top}>
        <StateMark
          look={healthLook[status]}
          size={40}
          className={styles.mark}
        />
        <div className={styles.words}>
          <h2>
            {health} <span>– {reason}</span>
          </h2>
          <p className={styles.facts}>
            {listHeaderFacts(environment).map(fact => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
          <RunDenied id={deniedId} environment={environment} />
        </div>
        <HeaderActions {...props} health={status} deniedId={deniedId} />
      </div>
      <NotRefreshed error={props.refreshError} />
      <HealthRules
        environment={environment}
        now={now}
        onSelectRun={props.onSelectRun}
      />
    </section>
  );
}

function NotRefreshed({ error }: { error?: Error }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  if (!error) return null;
  return (
    <div className={styles.note}>
      <Note>{t('notice.notRefreshed', { message: toMessage(error) })}</Note>
    </div>
  );
}

function useReason(environment: EnvironmentStatus, now: number): string {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const age = findStaleAge(environment, now);
  if (age !== undefined) return t('header.stale', { age: formatRoughly(age) });
  return environment.observedAt ? environment.reason : t('header.unseen');
}

function RunDenied(props: { id: string; environment: EnvironmentStatus }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { allowed, reason } = props.environment.actions.run;
  if (allowed) return null;
  return (
    <p id={props.id} className={styles.denied}>
      {t('header.runDenied', {
        reason: reason ?? t('header.runDeniedUnexplained'),
      })}
    </p>
  );
}
