import clsx from 'clsx';
import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './Card.module.css';

/** A card of the tab: a region named by its title, with a note and actions beside it. */
export function Card(props: {
  title: string;
  mark?: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      className={clsx(styles.card, props.className)}
      aria-labelledby={id}
    >
      <div className={styles.title}>
        {props.mark}
        <h2 id={id} title={props.title}>
          {props.title}
        </h2>
        {props.aside && <span className={styles.aside}>{props.aside}</span>}
        <span className={styles.grow} />
        {props.actions}
      </div>
      {props.children}
    </section>
  );
}

/** A text button in the title of a card. */
export function TextButton(props: {
  onPress(): void;
  /** State of a button that folds something; optional. */
  expanded?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={styles.text}
      aria-expanded={props.expanded}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  );
}

/** A link in the title of a card. */
export function TextLink(props: { href: string; children: ReactNode }) {
  return (
    <a
      className={styles.text}
      href={props.href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {props.children}
    </a>
  );
}
