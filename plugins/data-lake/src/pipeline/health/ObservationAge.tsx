import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiRefreshLine } from '@remixicon/react';
import { formatRoughly, formatUtc } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import { findStaleAge } from '../convert/staleness';
import { useNow } from '../hooks/useNow';
import styles from './ObservationAge.module.css';

/** How old what is shown is, second by second, and the button that asks for newer. */
export function Live(props: {
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
        {observing && t('live.observing')}
        {!observing && age && t('live.observed', { age })}
        {!observing && !age && t('live.never')}
      </span>
      <ButtonIcon
        variant="tertiary"
        icon={<RiRefreshLine size={16} />}
        aria-label={t('live.refresh')}
        isPending={observing}
        onPress={() => props.onRefresh()}
      />
    </span>
  );
}
