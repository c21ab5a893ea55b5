import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { formatRoughly, formatTime } from '../../format';
import { dataLakeTranslationRef } from '../../translation';
import { Card, TextButton } from '../card/Card';
import { findRunFacts } from './findRunFacts';
import styles from './RunFactsCard.module.css';

/** The success rate, median duration and last success of the shown runs. */
export function RunFactsCard(props: {
  runs: readonly Run[];
  title: string;
  onSelectRun(id: string): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const facts = findRunFacts(props.runs);
  const { ended, succeeded, lastGood } = facts;
  return (
    <Card title={props.title}>
      <dl className={styles.facts}>
        <div>
          <dt>{t('facts.success')}</dt>
          <dd>
            {ended > 0 ? (
              <>
                {toPercent(succeeded / ended)}{' '}
                <small>
                  {t('facts.successOf', {
                    good: String(succeeded),
                    ended: String(ended),
                  })}
                </small>
              </>
            ) : (
              t('facts.none')
            )}
          </dd>
        </div>
        <div>
          <dt>{t('facts.median')}</dt>
          <dd>
            {facts.median === undefined
              ? t('facts.none')
              : formatRoughly(facts.median)}{' '}
            <small>{formatDifference(facts.newestAgainstMedian)}</small>
          </dd>
        </div>
        <div>
          <dt>{t('facts.lastGood')}</dt>
          <dd>
            {lastGood?.startedAt ? (
              <TextButton onPress={() => props.onSelectRun(lastGood.id)}>
                {formatTime(lastGood.startedAt)}
              </TextButton>
            ) : (
              t('facts.none')
            )}
          </dd>
        </div>
      </dl>
    </Card>
  );
}

function toPercent(share: number): string {
  const percent = Math.round(share * 1000) / 10;
  return `${percent} %`;
}

/** `+1 m`; empty if it is too small to matter. */
function formatDifference(ms: number | undefined): string {
  if (ms === undefined || Math.abs(ms) < 1000) return '';
  return `${ms > 0 ? '+' : '−'}${formatRoughly(Math.abs(ms))}`;
}
