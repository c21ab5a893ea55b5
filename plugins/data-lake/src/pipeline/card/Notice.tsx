import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { toMessage } from '../../format';
import { StateMark } from '../../state';
import type { Look, Tone } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from './Card.module.css';
import styles from './Notice.module.css';

const unknown: Look = { shape: 'unknown', tone: 'idle' };

/** A card with a message and the next step, in place of content. */
export function Notice(props: {
  title: string;
  look?: Look;
  children: ReactNode;
  action?: ReactNode;
  role?: 'alert';
}) {
  return (
    <section
      className={clsx(cardStyles.card, styles.notice)}
      aria-label={props.title}
      role={props.role}
    >
      <StateMark look={props.look ?? unknown} size={32} />
      <div>
        <h2>{props.title}</h2>
        <p>{props.children}</p>
        {props.action && <div className={styles.action}>{props.action}</div>}
      </div>
    </section>
  );
}

/** A line with a message above the content. */
export function Note(props: {
  tone?: Tone;
  look?: Look;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={clsx(styles.note, styles[props.tone ?? 'idle'])}>
      <StateMark look={props.look ?? unknown} />
      <div className={styles.words}>{props.children}</div>
      {props.action}
    </div>
  );
}

/** The notice of a page that could not be loaded. */
export function ErrorNotice(props: { error: Error; onRetry(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Notice
      role="alert"
      title={t('notice.errorTitle')}
      action={<RetryButton onPress={props.onRetry} />}
    >
      {toMessage(props.error)}
    </Notice>
  );
}

/** The button that tries again. */
export function RetryButton(props: { onPress(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Button
      variant="secondary"
      iconStart={<RiRefreshLine size={16} />}
      onPress={() => props.onPress()}
    >
      {t('notice.retry')}
    </Button>
  );
}
