import {
  RiAddLine,
  RiArrowLeftRightLine,
  RiEdit2Line,
  RiInboxArchiveLine,
  RiQuestionLine,
  RiSubtractLine,
} from '@remixicon/react';
import styles from './ActionIcon.module.css';

const icons = {
  added: RiAddLine,
  adopted: RiInboxArchiveLine,
  changed: RiEdit2Line,
  'perhaps replaced': RiArrowLeftRightLine,
  replaced: RiArrowLeftRightLine,
  removed: RiSubtractLine,
  unknown: RiQuestionLine,
};

/** The icon of a change, without colour, which is reserved for gates; its words stand beside it. */
export function ActionIcon(props: { of: keyof typeof icons }) {
  const Icon = icons[props.of];
  return (
    <span className={styles.sign} aria-hidden>
      <Icon size={14} />
    </span>
  );
}
