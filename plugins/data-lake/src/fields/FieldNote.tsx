import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { dataLakeTranslationRef } from '../translation';
import styles from './FieldNote.module.css';

/** A note below a field: a problem with the choice, and the next step. */
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
