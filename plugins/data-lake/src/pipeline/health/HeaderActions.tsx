import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type {
  EnvironmentStatus,
  Health,
} from '@data-lake/plugin-data-lake-common';
import { RiPlayLine } from '@remixicon/react';
import { dataLakeTranslationRef } from '../../translation';
import styles from './HealthHeader.module.css';
import { MoreActions } from './MoreActions';
import { ObservationAge } from './ObservationAge';
import { OpenInAws } from './OpenInAws';

/** The buttons of the header, and the age of the observation. */
export function HeaderActions(props: {
  environment: EnvironmentStatus;
  health: Health;
  /** Id of the element with the reason why a run cannot start. */
  deniedId: string;
  onRefresh(): void;
  onRun(): void;
  onDeploy(): void;
  onDelete(): void;
}) {
  const { environment, health } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { allowed } = environment.actions.run;
  return (
    <div className={styles.actions}>
      <Button
        variant={health === 'failed' || !allowed ? 'secondary' : 'primary'}
        iconStart={<RiPlayLine size={16} />}
        isDisabled={!allowed}
        aria-describedby={allowed ? undefined : props.deniedId}
        onPress={() => props.onRun()}
      >
        {t('header.run')}
      </Button>
      <OpenInAws environment={environment} />
      <MoreActions onDeploy={props.onDeploy} onDelete={props.onDelete} />
      <ObservationAge environment={environment} onRefresh={props.onRefresh} />
    </div>
  );
}
