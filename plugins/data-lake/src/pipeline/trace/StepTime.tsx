import { useTranslationRef } from '@backstage/frontend-plugin-api';
import clsx from 'clsx';
import { formatTime } from '../../format';
import { runLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { TraceLayout, TraceRow } from './layoutTrace';
import styles from './Trace.module.css';

/** The bar of a step on the time axis, and the same in words for screen readers. */
export function StepTime(props: {
  row: TraceRow;
  ticks: TraceLayout['ticks'];
  now?: number;
  label?: string;
}) {
  const { step } = props.row;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const state = t(`state.${step.state}`);
  return (
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
      <Bar row={props.row} label={props.label} />
      <span className={styles.spoken}>
        {step.startedAt
          ? t('trace.bar', { state, start: formatTime(step.startedAt) })
          : state}
      </span>
    </span>
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
