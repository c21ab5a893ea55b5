import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiRefreshLine } from '@remixicon/react';
import { formatRoughly, formatUtc } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import { findStaleAge } from '../convert/staleness';
import { useNow } from '../hooks/useNow';
import styles from './ObservationAge.module.css';

/** The age of the observation, updated every second, and the button that refreshes it. */
export function ObservationAge(props: {
  environment: EnvironmentStatus;
  onRefresh(): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { observedAt, observing } = props.environment;
  const now = useNow(1000);
  const age = observedAt && formatRoughly(now - Date.parse(observedAt));
  const fresh =
    observedAt && findStaleAge(props.environment, now) === undefined;
  return (
    <span className={styles.live}>
      <span className={fresh ? styles.dot : styles.hollow} aria-hidden />
      <span title={observedAt && formatUtc(observedAt)}>
        {observing && t('age.observing')}
        {!observing && age && t(fresh ? 'age.observed' : 'age.stale', { age })}
        {!observing && !age && t('age.never')}
      </span>
      <ButtonIcon
        variant="tertiary"
        icon={<RiRefreshLine size={16} />}
        aria-label={t('age.refresh')}
        isPending={observing}
        onPress={() => props.onRefresh()}
      />
    </span>
  );
}
