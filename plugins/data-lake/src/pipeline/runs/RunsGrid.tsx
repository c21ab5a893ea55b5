import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { services } from '@data-lake/plugin-data-lake-common';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { RiTimerLine } from '@remixicon/react';

import clsx from 'clsx';
import { useMemo, useState } from 'react';
import { formatDuration, formatRoughly } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import { Card, TextButton } from '../card/Card';
import { serviceIcons } from '../card/serviceIcons';
import { GridPlot } from './GridPlot';
import { layoutGrid } from './layoutGrid';
import { Legend } from './Legend';
import styles from './RunsGrid.module.css';
import { toRows } from './toRows';
import type { Row } from './toRows';

/** Runs as bars, their steps as rows of marks; newest right. */
export function RunsGrid(props: {
  /** Newest first. */
  runs: readonly Run[];
  now: number;
  selected?: string;
  selectedStep?: string;
  onSelect(selection: { run: string; step?: string }): void;
}) {
  const { runs, now, selected } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [unfolded, setUnfolded] = useState(false);

  const all = useMemo(() => toRows(runs), [runs]);
  const failed = all.filter(row => hasFailed(row, selected));
  const folds = failed.length > 0 && failed.length < all.length;
  const rows = folds && !unfolded ? failed : all;
  const layout = useMemo(
    () => layoutGrid({ runs, rows, now }),
    // Rows change with runs, selection and folding; their identity does not matter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [runs, now, rows.map(row => row.key).join()],
  );

  const fold = t('runs.failedSteps', { count: failed.length });
  const counted = t('runs.last', { count: runs.length });
  return (
    <Card
      title={t('runs.title')}
      aside={folds && !unfolded ? `${counted}, ${fold}` : counted}
      actions={
        folds && (
          <TextButton onPress={() => setUnfolded(!unfolded)}>
            {unfolded
              ? t('runs.showFailed')
              : t('runs.showAll', { number: String(all.length) })}
          </TextButton>
        )
      }
    >
      <div className={styles.grid}>
        <div className={styles.labels}>
          <div className={styles.scale}>
            <span className={styles.duration}>
              <RiTimerLine size={14} aria-hidden /> {t('runs.duration')}
            </span>
            {layout.scale && (
              <>
                {/* Two lines apart, or the median alone. */}
                {layout.scale.medianHeight < 52 - 14 && (
                  <span style={{ bottom: 18 + 52 }}>
                    {formatRoughly(layout.scale.top)}
                  </span>
                )}
                <span style={{ bottom: 18 + layout.scale.medianHeight }}>
                  {t('runs.medianOf', {
                    duration: formatDuration(layout.scale.median),
                  })}
                </span>
              </>
            )}
          </div>
          <div style={{ position: 'relative', height: layout.height }}>
            {layout.rows.map((row, i) => {
              const Icon = serviceIcons[row.service];
              return (
                <div
                  key={row.key}
                  className={clsx(
                    styles.label,
                    i > 0 && row.first && styles.apart,
                  )}
                  style={{ top: row.y }}
                >
                  <span className={styles.service}>
                    {row.first && (
                      <>
                        <Icon size={14} aria-hidden />
                        <span>{services[row.service].title}</span>
                      </>
                    )}
                  </span>
                  <span
                    className={styles.step}
                    title={`${row.name}, ${row.kind}`}
                  >
                    {row.name}
                    {isSpoken(row) && <small>{row.kind}</small>}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
        <GridPlot
          layout={layout}
          selected={selected}
          onSelect={props.onSelect}
        />
        <div className={styles.medians}>
          <div className={styles.medianTitle}>{t('runs.median')}</div>
          <div style={{ position: 'relative', height: layout.height }}>
            {layout.rows.map((row, i) => (
              <span
                key={row.key}
                className={clsx(
                  styles.median,
                  i > 0 && row.first && styles.apart,
                )}
                style={{ top: row.y }}
              >
                {row.median !== undefined && formatRoughly(row.median)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <Legend runs={runs} />
    </Card>
  );
}

function hasFailed(row: Row, runId: string | undefined): boolean {
  return runId !== undefined && row.steps.get(runId)?.state === 'failed';
}

/** Tasks, steps and states are what rows are; other kinds are named. */
function isSpoken(row: Row): boolean {
  return !['task', 'step', 'state', row.name].includes(row.kind);
}
