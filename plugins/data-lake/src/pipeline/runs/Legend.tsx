import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { runLook, StateMark } from '../../state';
import type { Look } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import styles from './RunsGrid.module.css';

const states = [
  'failed',
  'late',
  'running',
  'queued',
  'cancelled',
  'skipped',
  'unknown',
] as const;

const dot: Look = { shape: 'dot', tone: 'succeeded' };
const retried: Look = { shape: 'retried', tone: 'succeeded' };

/** The meaning of the marks: success, failure, and the other states that occur. */
export function Legend(props: { runs: readonly Run[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const steps = props.runs.flatMap(run => run.steps);
  const seen = new Set([...props.runs, ...steps].map(s => s.state));
  const again = steps.some(
    s => s.state === 'succeeded' && (s.attempt ?? 1) > 1,
  );
  return (
    <div className={styles.foot}>
      <div className={styles.legend}>
        <span>
          <StateMark look={dot} size={12} /> {t('state.succeeded')}
        </span>
        {again && (
          <span>
            <StateMark look={retried} size={12} /> {t('state.retried')}
          </span>
        )}
        {states
          .filter(state => state === 'failed' || seen.has(state))
          .map(state => (
            <span key={state}>
              <StateMark look={runLook[state]} size={12} />{' '}
              {t(`state.${state}`)}
            </span>
          ))}
      </div>
      <span className={styles.keys}>{t('runs.keys')}</span>
    </div>
  );
}
