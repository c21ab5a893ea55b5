import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { findFirstFailure } from '@data-lake/plugin-data-lake-common';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import { toStepName } from '../convert/toStepName';
import { layoutTrace } from './layoutTrace';
import type { TraceLayout } from './layoutTrace';
import styles from './Trace.module.css';
import { TraceLine } from './TraceLine';
import { useFolding } from './useFolding';
import { useTraceKeys } from './useTraceKeys';

/** The steps of a run as a treegrid: a time axis, and one line per step. */
export function TraceGrid(props: {
  run: Run;
  now: number;
  selectedStep?: string;
  onSelectStep(id?: string): void;
}) {
  const { run, now, selectedStep, onSelectStep } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { folded, fold } = useFolding();
  const layout = layoutTrace({ run, now, folded });
  const failure = findFirstFailure(run);
  const keys = useTraceKeys({
    rows: layout.rows,
    folded,
    selected: selectedStep,
    onFold: fold,
    onSelect: onSelectStep,
  });
  return (
    // The tab stop is the row in focus, as in the treegrid pattern.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      className={styles.trace}
      role="treegrid"
      aria-label={t('trace.label')}
      onKeyDown={keys.onKeyDown}
    >
      <Axis ticks={layout.ticks} />
      {layout.rows.map(row => (
        <TraceLine
          key={row.step.id}
          row={row}
          name={toStepName(row.step, run)}
          ticks={layout.ticks}
          now={layout.now}
          folded={folded.has(row.step.id)}
          selected={row.step.id === selectedStep}
          firstFailure={row.step.id === failure?.id}
          focusable={row.step.id === keys.focusId}
          onFocus={() => keys.setFocusId(row.step.id)}
          onFold={closed => fold(row.step.id, closed)}
          onSelect={() => onSelectStep(row.step.id)}
        />
      ))}
    </div>
  );
}

function Axis(props: { ticks: TraceLayout['ticks'] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <div role="row" className={styles.axis}>
      <span role="columnheader">{t('trace.step')}</span>
      <span role="columnheader" className={styles.times}>
        {props.ticks.map(({ left, text }) => (
          <span key={left} style={{ left: `${left * 100}%` }}>
            {text}
          </span>
        ))}
      </span>
      <span role="columnheader" className={styles.took}>
        {t('trace.took')}
      </span>
    </div>
  );
}
