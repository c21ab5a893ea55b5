import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { services } from '@data-lake/plugin-data-lake-common';
import { RiTimerLine } from '@remixicon/react';
import clsx from 'clsx';
import { formatDuration, formatRoughly } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import { serviceIcons } from '../card/serviceIcons';
import { grid } from './layoutGrid';
import type { GridLayout, PlacedRow } from './layoutGrid';
import styles from './RunsGrid.module.css';

/** The scale of the bars and the names of the rows, left of the plot. */
export function StepLabels(props: { layout: GridLayout }) {
  const { layout } = props;
  return (
    <div className={styles.labels}>
      <Scale scale={layout.scale} />
      <div style={{ position: 'relative', height: layout.height }}>
        {layout.rows.map((row, i) => (
          <StepLabel key={row.key} row={row} apart={i > 0 && row.first} />
        ))}
      </div>
    </div>
  );
}

/** The height of a line of the scale, in pixels. */
const lineHeight = 14;

function Scale(props: { scale: GridLayout['scale'] }) {
  const { scale } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const base = grid.datesHeight;
  return (
    <div className={styles.scale}>
      <span className={styles.duration}>
        <RiTimerLine size={14} aria-hidden /> {t('runs.duration')}
      </span>
      {/* The top, unless the median is too close to it. */}
      {scale && scale.medianHeight < grid.barMax - lineHeight && (
        <span style={{ bottom: base + grid.barMax }}>
          {formatRoughly(scale.top)}
        </span>
      )}
      {scale && (
        <span style={{ bottom: base + scale.medianHeight }}>
          {t('runs.medianOf', { duration: formatDuration(scale.median) })}
        </span>
      )}
    </div>
  );
}

function StepLabel(props: { row: PlacedRow; apart: boolean }) {
  const { row } = props;
  const Icon = serviceIcons[row.service];
  return (
    <div
      className={clsx(styles.label, props.apart && styles.apart)}
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
      <span className={styles.step} title={`${row.name}, ${row.kind}`}>
        {row.name}
        {hasShownKind(row) && <small>{row.kind}</small>}
      </span>
    </div>
  );
}

/** Most rows are tasks, steps and states; only other kinds are named. */
function hasShownKind(row: PlacedRow): boolean {
  return !['task', 'step', 'state', row.name].includes(row.kind);
}
