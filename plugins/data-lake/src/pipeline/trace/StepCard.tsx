import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import { services } from '@data-lake/plugin-data-lake-common';
import type { Step } from '@data-lake/plugin-data-lake-common';
import { RiCloseLine, RiExternalLinkLine } from '@remixicon/react';
import {
  findDuration,
  formatDuration,
  formatTime,
  formatUtc,
} from '../../format';
import { runLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Card } from '../card/Card';
import styles from './StepCard.module.css';

/** The details of the selected step. */
export function StepCard(props: { step: Step; now: number; onClose(): void }) {
  const { step, now } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const service = services[step.service].title;
  const took = findDuration(step, now);
  return (
    <Card
      title={step.name}
      aside={step.kind}
      actions={
        <ButtonIcon
          variant="tertiary"
          aria-label={t('step.close')}
          icon={<RiCloseLine size={16} />}
          onPress={() => props.onClose()}
        />
      }
    >
      <dl className={styles.facts}>
        <dt>{t('step.state')}</dt>
        <dd>
          <StateMark look={runLook[step.state]} size={14} />{' '}
          {t(`state.${step.state}`)}, <code>{step.status}</code>
        </dd>
        <dt>{t('step.service')}</dt>
        <dd>{service}</dd>
        <Time label={t('step.started')} time={step.startedAt} />
        <Time label={t('step.ended')} time={step.endedAt} />
        {took !== undefined && (
          <>
            <dt>{t('step.took')}</dt>
            <dd>{formatDuration(took)}</dd>
          </>
        )}
        {step.attempt !== undefined && (
          <>
            <dt>{t('step.attempt')}</dt>
            <dd>{step.attempt}</dd>
          </>
        )}
      </dl>
      {step.error && (
        <blockquote className={styles.error} aria-label={t('step.error')}>
          {step.error}
        </blockquote>
      )}
      {step.consoleUrl && (
        <a
          className={styles.link}
          href={step.consoleUrl}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('step.console', { service })}{' '}
          <RiExternalLinkLine size={14} aria-hidden />
        </a>
      )}
    </Card>
  );
}

function Time(props: { label: string; time?: string }) {
  if (!props.time) return null;
  return (
    <>
      <dt>{props.label}</dt>
      <dd title={formatUtc(props.time)}>{formatTime(props.time)}</dd>
    </>
  );
}
