import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { UploadDiff } from '@data-lake/plugin-data-lake-common';
import { RiArrowDownSLine } from '@remixicon/react';
import { dataLakeTranslationRef } from '../../translation';
import { Card } from '../card/Card';
import changeStyles from './StackChanges.module.css';
import styles from './UploadChanges.module.css';

/** The files that are uploaded and deleted, by destination. */
export function UploadChanges(props: { uploads: readonly UploadDiff[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Card title={t('deploy.uploads')}>
      {props.uploads.map(({ destination, uploaded, deleted, unchanged }) => (
        <details key={destination} className={changeStyles.resource}>
          <summary>
            <b title={destination}>{destination}</b>
            <span className={styles.count}>
              {[
                uploaded.length && `+ ${uploaded.length}`,
                deleted.length && `− ${deleted.length}`,
                t('deploy.uploadsUnchanged', { count: unchanged }),
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
            <span className={changeStyles.grow} />
            <RiArrowDownSLine
              size={16}
              className={changeStyles.arrow}
              aria-hidden
            />
          </summary>
          <ul className={styles.files}>
            {uploaded.map(path => (
              <li key={path}>+ {path}</li>
            ))}
            {deleted.map(path => (
              <li key={path}>− {path}</li>
            ))}
          </ul>
        </details>
      ))}
    </Card>
  );
}
