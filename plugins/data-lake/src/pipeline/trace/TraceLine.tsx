import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Step } from '@data-lake/plugin-data-lake-common';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import clsx from 'clsx';
import { formatDuration, formatTime } from '../../format';
import { runLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { serviceIcons } from '../card/serviceIcons';
import type { TraceLayout, TraceRow } from './layoutTrace';
import styles from './Trace.module.css';

/** One step of the trace: name, bar in time, how long it took. */
export function TraceLine(props: {
  row: TraceRow;
  /** What to call it here; its own name is the title. */
  name: string;
  ticks: TraceLayout['ticks'];
  now?: number;
  folded: boolean;
  selected: boolean;
  cause: boolean;
  focusable: boolean;
  onFocus(): void;
  onFold(closed: boolean): void;
  onSelect(): void;
}) {
  const { row, folded } = props;
  const { step, hasChildren } = row;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const Icon = serviceIcons[step.service];
  const Arrow = folded ? RiArrowRightSLine : RiArrowDownSLine;
  return (
    // Keys are handled by the treegrid around it.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      data-step={step.id}
      aria-level={row.depth + 1}
      aria-setsize={row.setSize}
      aria-posinset={row.position}
      aria-expanded={hasChildren ? !folded : undefined}
      aria-selected={props.selected}
      tabIndex={props.focusable ? 0 : -1}
      className={clsx(styles.line, {
        [styles.failed]: step.state === 'failed',
        [styles.cause]: props.cause,
        [styles.selected]: props.selected,
        [styles.dim]: !row.bar,
      })}
      onFocus={props.onFocus}
      onClick={props.onSelect}
    >
      <span
        role="rowheader"
        className={styles.name}
        style={{ paddingInlineStart: row.depth * 10 + 4 }}
      >
        {hasChildren ? (
          <Arrow
            size={14}
            aria-hidden
            className={styles.arrow}
            onClick={event => {
              event.stopPropagation();
              props.onFold(!folded);
            }}
          />
        ) : (
          <span className={styles.noArrow} />
        )}
        <Icon size={14} aria-hidden />
        <span
          className={clsx(
            styles.cut,
            (row.depth === 0 || props.cause) && styles.bold,
          )}
          title={step.name}
        >
          {props.name}
        </span>
        {step.kind !== props.name && (
          <span className={styles.kind}>{step.kind}</span>
        )}
      </span>
      <span role="gridcell" className={styles.time}>
        {props.ticks.map(({ left }) => (
          <i
            key={left}
            className={styles.tick}
            style={{ left: `${left * 100}%` }}
          />
        ))}
        {props.now !== undefined && (
          <i className={styles.now} style={{ left: `${props.now * 100}%` }} />
        )}
        <Bar
          row={row}
          label={props.cause ? t('trace.firstFailure') : undefined}
        />
        <span className={styles.spoken}>
          {step.startedAt
            ? t('trace.bar', {
                state: t(`state.${step.state}`),
                start: formatTime(step.startedAt),
              })
            : t(`state.${step.state}`)}
        </span>
      </span>
      <span role="gridcell" className={styles.took}>
        {row.took === undefined ? t(toAbsence(step)) : formatDuration(row.took)}
      </span>
    </div>
  );
}

function Bar(props: { row: TraceRow; label?: string }) {
  const { step, bar, hasChildren } = props.row;
  const look = runLook[step.state];
  if (!bar) {
    return <StateMark look={look} size={12} className={styles.absent} />;
  }
  const end = bar.left + bar.width;
  return (
    <>
      {props.label && (
        <span
          className={styles.label}
          style={
            bar.left > 0.25
              ? { right: `${(1 - bar.left) * 100}%` }
              : { left: `calc(${end * 100}% + 8px)` }
          }
        >
          {props.label}
        </span>
      )}
      <i
        className={clsx(styles.bar, styles[look.tone], {
          [styles.thin]: hasChildren && look.shape !== 'running',
          [styles.striped]: look.shape === 'running',
          [styles.hollow]: look.tone === 'idle',
        })}
        style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
      />
      {look.shape !== 'succeeded' && look.shape !== 'running' && (
        <i className={styles.mark} style={{ left: `${end * 100}%` }}>
          <StateMark look={look} size={14} />
        </i>
      )}
    </>
  );
}

function toAbsence(step: Step) {
  return absences[step.state];
}

/** What to say of a step that has no start. */
const absences = {
  queued: 'trace.waits',
  running: 'trace.never',
  succeeded: 'trace.never',
  failed: 'trace.never',
  cancelled: 'trace.notReached',
  late: 'trace.waits',
  skipped: 'trace.notReached',
  unknown: 'trace.never',
} as const satisfies Record<Step['state'], string>;
