import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StackPreview } from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import { Card } from '../card/Card';
import { formatUsd, sumCosts } from './cost';
import styles from './CostCard.module.css';

/** The fixed monthly cost of the stacks at list price; hidden if unknown. */
export function CostCard(props: { stacks: readonly StackPreview[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const cost = sumCosts(props.stacks);
  if (!cost) return null;
  const unknown = cost.unknown.map(({ logicalId }) => logicalId).join(', ');
  return (
    <Card title={t('deploy.costTitle')} aside={t('deploy.estimate')}>
      <table className={styles.cost}>
        <tbody>
          {cost.items.map(item => (
            <tr key={item.logicalId} title={item.basis}>
              <th scope="row">{item.logicalId}</th>
              <td>{formatUsd(item.usdPerMonth)}</td>
            </tr>
          ))}
          <tr className={styles.sum}>
            <th scope="row">{t('deploy.sum')}</th>
            <td>{formatUsd(cost.after)}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.note}>
        {t('deploy.costNote', { region: cost.pricesOf, day: cost.asOf })}
        {unknown && ` ${t('deploy.costUnknown', { names: unknown })}`}
      </p>
    </Card>
  );
}
