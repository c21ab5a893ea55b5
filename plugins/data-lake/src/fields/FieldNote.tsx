import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { dataLakeTranslationRef } from '../translation';
import styles from './FieldNote.module.css';

/** What stands in the way of a choice and what to do, below the field. */
export function FieldNote(props: { children: ReactNode; onRetry?(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <p className={styles.note} role="status">
      {props.children}{' '}
      {props.onRetry && (
        <button type="button" onClick={props.onRetry}>
          {t('field.retry')}
        </button>
      )}
    </p>
  );
}
