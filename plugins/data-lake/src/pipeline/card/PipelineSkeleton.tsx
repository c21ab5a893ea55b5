import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from './Card.module.css';
import styles from './PipelineSkeleton.module.css';

/** The outline of the page while it loads, shown after 300 ms because most answers arrive before. */
export function PipelineSkeleton() {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div role="status" className={styles.skeleton}>
      <VisuallyHidden>{t('notice.loading')}</VisuallyHidden>
      <div className={cardStyles.card}>
        <div className={styles.header}>
          <Skeleton width={40} height={40} rounded />
          <div>
            <Skeleton width={240} height={20} />
            <Skeleton width={160} height={12} />
          </div>
        </div>
        <div className={styles.rules}>
          {[1, 2, 3, 4].map(n => (
            <Skeleton key={n} width="80%" height={32} />
          ))}
        </div>
      </div>
      <div className={cardStyles.card}>
        <Skeleton width="100%" height={72} />
        <div className={styles.rows}>
          {[1, 2, 3, 4, 5, 6].map(n => (
            <Skeleton key={n} width="100%" height={12} />
          ))}
        </div>
      </div>
    </div>
  );
}
