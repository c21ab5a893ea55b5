import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Step } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { formatDuration } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import type { TraceLayout, TraceRow } from './layoutTrace';
import { StepName } from './StepName';
import { StepTime } from './StepTime';
import styles from './Trace.module.css';

/** One step of the trace: its name, its bar on the time axis, its duration. */
export function TraceLine(props: {
  row: TraceRow;
  /** The short name to show; the full name is the title. */
  name: string;
  ticks: TraceLayout['ticks'];
  now?: number;
  folded: boolean;
  selected: boolean;
  firstFailure: boolean;
  focusable: boolean;
  onFocus(): void;
  onFold(closed: boolean): void;
  onSelect(): void;
}) {
  const { row, firstFailure } = props;
  const { step } = row;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    // The treegrid around it handles keys.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      data-step={step.id}
      aria-level={row.depth + 1}
      aria-setsize={row.setSize}
      aria-posinset={row.position}
      aria-expanded={row.hasChildren ? !props.folded : undefined}
      aria-selected={props.selected}
      tabIndex={props.focusable ? 0 : -1}
      className={clsx(styles.line, {
        [styles.failed]: step.state === 'failed',
        [styles.cause]: firstFailure,
        [styles.selected]: props.selected,
        [styles.dim]: !row.bar,
      })}
      onFocus={props.onFocus}
      onClick={props.onSelect}
    >
      <StepName
        row={row}
        name={props.name}
        bold={row.depth === 0 || firstFailure}
        folded={props.folded}
        onFold={props.onFold}
      />
      <StepTime
        row={row}
        ticks={props.ticks}
        now={props.now}
        label={firstFailure ? t('trace.firstFailure') : undefined}
      />
      <span role="gridcell" className={styles.took}>
        {row.took === undefined
          ? t(unstartedTexts[step.state])
          : formatDuration(row.took)}
      </span>
    </div>
  );
}

/** The texts in place of the duration of a step without a start. */
const unstartedTexts = {
  queued: 'trace.waits',
  running: 'trace.never',
  succeeded: 'trace.never',
  failed: 'trace.never',
  cancelled: 'trace.notReached',
  late: 'trace.waits',
  skipped: 'trace.notReached',
  unknown: 'trace.never',
} as const satisfies Record<Step['state'], string>;
