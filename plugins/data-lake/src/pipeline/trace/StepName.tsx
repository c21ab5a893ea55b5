import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import clsx from 'clsx';
import { serviceIcons } from '../card/serviceIcons';
import type { TraceRow } from './layoutTrace';
import styles from './Trace.module.css';

/** The name of a step at its depth in the tree, with the arrow that folds its children. */
export function StepName(props: {
  row: TraceRow;
  name: string;
  bold: boolean;
  folded: boolean;
  onFold(closed: boolean): void;
}) {
  const { row, name, folded } = props;
  const { step } = row;
  const Icon = serviceIcons[step.service];
  const Arrow = folded ? RiArrowRightSLine : RiArrowDownSLine;
  return (
    <span
      role="rowheader"
      className={styles.name}
      style={{ paddingInlineStart: row.depth * 10 + 4 }}
    >
      {row.hasChildren ? (
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
        className={clsx(styles.cut, props.bold && styles.bold)}
        title={step.name}
      >
        {name}
      </span>
      {step.kind !== name && <span className={styles.kind}>{step.kind}</span>}
    </span>
  );
}
