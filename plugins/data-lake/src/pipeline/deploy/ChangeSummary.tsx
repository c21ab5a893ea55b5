import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import cardStyles from '../card/Card.module.css';
import { countChanges } from './countChanges';
import { formatChange, formatUsd, sumCosts } from './cost';
import { ActionIcon } from './ActionIcon';
import styles from './ChangeSummary.module.css';

/** The numbers of changes, and the change of cost. */
export function ChangeSummary({ preview }: { preview: DeploymentPreview }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { added, changed, replaced, removed, files } = countChanges(preview);
  const cost = sumCosts(preview.stacks);
  return (
    <section
      className={clsx(cardStyles.card, styles.summary)}
      aria-label={t('deploy.summary')}
    >
      <Tile sign={<ActionIcon of="added" />} words={t('deploy.added')}>
        {added}
      </Tile>
      <Tile sign={<ActionIcon of="changed" />} words={t('deploy.changed')}>
        {changed}
      </Tile>
      <Tile sign={<ActionIcon of="replaced" />} words={t('deploy.replaced')}>
        {replaced}
      </Tile>
      <Tile sign={<ActionIcon of="removed" />} words={t('deploy.removed')}>
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
