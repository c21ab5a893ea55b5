import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isActive } from '@data-lake/plugin-data-lake-common';
import type { Run, Step } from '@data-lake/plugin-data-lake-common';
import { findDuration } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import { toStepName } from '../convert/toStepName';
import styles from './Trace.module.css';

/** The longest step of a run that has ended. */
export function TraceSummary(props: { run: Run; now: number }) {
  const { run, now } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  if (isActive(run)) {
    return <p className={styles.summary}>{t('trace.running')}</p>;
  }
  const longest = findLongest(run);
  const whole = findDuration(run, now);
  if (!longest || !whole) return null;
  const share = Math.round((longest.took / whole) * 100);
  return (
    <p className={styles.summary}>
      {t('trace.longest', {
        name: toStepName(longest.step, run),
        share: String(share),
      })}
    </p>
  );
}

/** Ignores steps that only wait: those with children, and clusters. */
function findLongest(run: Run): { step: Step; took: number } | undefined {
  const parents = new Set(run.steps.map(step => step.parent));
  return run.steps
    .filter(step => !parents.has(step.id) && step.kind !== 'cluster')
    .filter(step => step.endedAt)
    .map(step => ({ step, took: findDuration(step, 0) ?? 0 }))
    .sort((a, b) => b.took - a.took)[0];
}
