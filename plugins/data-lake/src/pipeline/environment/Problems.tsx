import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { services } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { Note } from '../card/Notice';
import styles from './Problems.module.css';
import { serviceIcons } from '../card/serviceIcons';

/** The problems of the last observation, shown beside the rest. */
export function Problems(props: { environment: EnvironmentStatus }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { problems, resources, runs } = props.environment;
  const gone = problems.every(problem => problem.health === 'gone');
  const titles = problems.map(problem => services[problem.service].title);
  const named = { services: [...new Set(titles)].join(', ') };
  const rest = resources.length + runs.length > 0;
  return (
    <section
      className={clsx(cardStyles.card, styles.problems)}
      aria-label={t('problem.title')}
    >
      <Note look={gone ? healthLook.gone : undefined}>
        <strong>
          {gone
            ? t('notice.goneTitle', named)
            : t('notice.partialTitle', named)}
        </strong>{' '}
        {!rest && t('notice.nothing')}
        {rest && (gone ? t('notice.gone') : t('notice.partial'))}
      </Note>
      <ul>
        {problems.map((problem, index) => {
          const Icon = serviceIcons[problem.service];
          return (
            <li key={index}>
              <StateMark look={healthLook[problem.health]} />
              <Icon size={16} aria-hidden />
              <span className={styles.service}>
                {services[problem.service].title}
              </span>
              <span className={styles.state}>
                {t(`problem.${problem.health}`)}
              </span>
              <span className={styles.message}>{problem.message}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
