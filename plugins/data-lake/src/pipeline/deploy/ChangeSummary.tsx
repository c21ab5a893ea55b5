import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { count } from './countChanges';
import { formatChange, formatUsd, sumCosts } from './cost';
import { Sign } from './ActionIcon';
import styles from './ChangeSummary.module.css';

/** How much changes, in numbers. */
export function Summary({ preview }: { preview: DeploymentPreview }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { added, changed, replaced, removed, files } = count(preview);
  const cost = sumCosts(preview.stacks);
  return (
    <section
      className={clsx(cardStyles.card, styles.summary)}
      aria-label={t('deploy.summary')}
    >
      <Tile sign={<Sign of="added" />} words={t('deploy.added')}>
        {added}
      </Tile>
      <Tile sign={<Sign of="changed" />} words={t('deploy.changed')}>
        {changed}
      </Tile>
      <Tile sign={<Sign of="replaced" />} words={t('deploy.replaced')}>
        {replaced}
      </Tile>
      <Tile sign={<Sign of="removed" />} words={t('deploy.removed')}>
        {removed}
      </Tile>
      {cost ? (
        <Tile
          words={t('deploy.cost', {
            before: formatUsd(cost.after - cost.change),
            after: formatUsd(cost.after),
          })}
        >
          {formatChange(cost.change)}
        </Tile>
      ) : (
        <Tile words={t('deploy.files')}>{files}</Tile>
      )}
    </section>
  );
}

function Tile(props: { sign?: ReactNode; words: string; children: ReactNode }) {
  return (
    <div>
      <span className={styles.number}>
        {props.sign}
        {props.children}
      </span>
      <span className={styles.words}>{props.words}</span>
    </div>
  );
}
