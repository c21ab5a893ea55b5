import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { toShownRuleHealth } from '../convert/staleness';
import styles from './HealthRules.module.css';

/** The rules that the health follows from; the worst one decides. */
export function HealthRules(props: {
  environment: EnvironmentStatus;
  now: number;
  onSelectRun(id: string): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { environment, now } = props;
  const rules = environment.rules.map(rule => ({
    ...rule,
    health: toShownRuleHealth(environment, rule, now),
  }));
  const { runs } = environment;
  if (rules.length === 0) return null;
  return (
    <ul className={styles.rules}>
      {rules.map(rule => (
        <li key={`${rule.name} ${rule.text}`}>
          <StateMark
            look={healthLook[rule.health]}
            label={t(`health.${rule.health}`)}
          />
          <span className={styles.name}>{t(`rule.${rule.name}`)}</span>
          <span className={styles.text}>
            {rule.name === 'run' && runs.length > 0 ? (
              <button
                type="button"
                onClick={() => props.onSelectRun(runs[0].id)}
              >
                {rule.text}
              </button>
            ) : (
              rule.text
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
