import { useTranslationRef } from '@backstage/frontend-plugin-api';
import clsx from 'clsx';
import { formatRoughly } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import type { GridLayout } from './layoutGrid';
import styles from './RunsGrid.module.css';

/** The median duration of each row, right of the plot. */
export function MedianColumn(props: { layout: GridLayout }) {
  const { rows, height } = props.layout;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <div className={styles.medians}>
      <div className={styles.medianTitle}>{t('runs.median')}</div>
      <div style={{ position: 'relative', height }}>
        {rows.map((row, i) => (
          <span
            key={row.key}
            className={clsx(styles.median, i > 0 && row.first && styles.apart)}
            style={{ top: row.y }}
          >
            {row.median !== undefined && formatRoughly(row.median)}
          </span>
        ))}
      </div>
    </div>
  );
}
