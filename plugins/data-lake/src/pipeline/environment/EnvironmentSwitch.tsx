import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import styles from './EnvironmentSwitch.module.css';
import { toShownHealth } from '../convert/staleness';

/** The switch between environments, each with its health. */
export function EnvironmentSwitch(props: {
  environments: readonly EnvironmentStatus[];
  selected?: string;
  onSelect(name: string): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const now = Date.now();
  return (
    <ToggleButtonGroup
      aria-label={t('pipeline.environment')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={props.selected ? [props.selected] : []}
      onSelectionChange={keys => {
        const [name] = [...keys];
        if (name !== undefined) props.onSelect(String(name));
      }}
    >
      {props.environments.map(environment => {
        const health = toShownHealth(environment, now);
        return (
          <ToggleButton
            key={environment.name}
            id={environment.name}
            iconStart={
              <StateMark
                className={styles.mark}
                look={healthLook[health]}
                label={t(`health.${health}`)}
              />
            }
          >
            {environment.name}
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}
