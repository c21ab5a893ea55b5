import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiPlayLine } from '@remixicon/react';
import clsx from 'clsx';
import { useId } from 'react';
import { formatAccount, formatRoughly, toMessage } from '../../format';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { Note } from '../card/Notice';
import { findStaleAge, toShownHealth } from '../convert/staleness';
import { Announcement } from './Announcement';
import { Live } from './ObservationAge';
import { MoreActions } from './MoreActions';
import { OpenInAws } from './OpenInAws';
import { Rules } from './HealthRules';
import styles from './HealthHeader.module.css';

/** The verdict on an environment: state, reason, where it lives, what can be done, and the four rules behind it. */
export function Verdict(props: {
  environment: EnvironmentStatus;
  now: number;
  refreshError?: Error;
  onRefresh(): void;
  onRun(): void;
  onSelectRun(id: string): void;
  onDeploy(): void;
  onTearDown(): void;
}) {
  const { environment, now } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const deniedId = useId();
  const { allowed, reason: deniedReason } = environment.actions.run;
  const health = toShownHealth(environment, now);
  const reason = useReason(environment, now);

  return (
    <section
      className={clsx(cardStyles.card, styles.verdict)}
      aria-label={t('verdict.label')}
    >
      <Announcement
        text={t('verdict.announcement', {
          environment: environment.name,
          health: t(`health.${health}`),
          reason,
        })}
      />
      <div className={styles.top}>
        <StateMark
          look={healthLook[health]}
          size={40}
          className={styles.mark}
        />
        <div className={styles.words}>
          <h2>
            {t(`health.${health}`)} <span>– {reason}</span>
          </h2>
          <p className={styles.facts}>
            {toFacts(environment).map(fact => (
              <span key={fact}>{fact}</span>
            ))}
          </p>
          {!allowed && (
            <p id={deniedId} className={styles.denied}>
              {t('verdict.runDenied', {
                reason: deniedReason ?? t('verdict.runDeniedUnexplained'),
              })}
            </p>
          )}
        </div>
        <div className={styles.actions}>
          <Button
            variant={health === 'failed' || !allowed ? 'secondary' : 'primary'}
            iconStart={<RiPlayLine size={16} />}
            isDisabled={!allowed}
            aria-describedby={allowed ? undefined : deniedId}
            onPress={() => props.onRun()}
          >
            {t('verdict.run')}
          </Button>
          <OpenInAws environment={environment} />
          <MoreActions
            onDeploy={props.onDeploy}
            onTearDown={props.onTearDown}
          />
          <Live environment={environment} onRefresh={props.onRefresh} />
        </div>
      </div>
      {props.refreshError && (
        <div className={styles.note}>
          <Note>
            {t('notice.notRefreshed', {
              message: toMessage(props.refreshError),
            })}
          </Note>
        </div>
      )}
      <Rules environment={environment} onSelectRun={props.onSelectRun} />
    </section>
  );
}

function useReason(environment: EnvironmentStatus, now: number): string {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const age = findStaleAge(environment, now);
  if (age !== undefined) return t('verdict.stale', { age: formatRoughly(age) });
  return environment.observedAt ? environment.reason : t('verdict.unseen');
}

/** Where it is, in the order of the console's own header. */
function toFacts(environment: EnvironmentStatus): string[] {
  const { region, accountName, account, resources } = environment;
  const mwaa = resources.find(r => r.type === 'AWS::MWAA::Environment');
  const airflow = mwaa?.facts.find(fact => /airflow/i.test(fact.label));
  return [
    environment.name,
    region,
    [accountName, formatAccount(account)].filter(Boolean).join(' '),
    ...(mwaa ? [mwaa.name] : []),
    ...(airflow ? [`Airflow ${airflow.text.replace(/^airflow\s*/i, '')}`] : []),
  ];
}
