import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import { Card, TextButton } from '../card/Card';
import { GridPlot } from './GridPlot';
import { Legend } from './Legend';
import { MedianColumn } from './MedianColumn';
import styles from './RunsGrid.module.css';
import { StepLabels } from './StepLabels';
import { useGridRows } from './useGridRows';

/** The runs as bars and their steps as rows of marks, newest right. */
export function RunsGrid(props: {
  /** Newest first. */
  runs: readonly Run[];
  now: number;
  selected?: string;
  onSelect(selection: { run: string; step?: string }): void;
}) {
  const { runs, selected } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { layout, all, failed, canFold, folded, setFolded } =
    useGridRows(props);
  const counted = t('runs.last', { count: runs.length });
  const failedSteps = t('runs.failedSteps', { count: failed });
  return (
    <Card
      title={t('runs.title')}
      aside={folded ? `${counted}, ${failedSteps}` : counted}
      actions={
        canFold && (
          <TextButton onPress={() => setFolded(!folded)}>
            {folded
              ? t('runs.showAll', { number: String(all) })
              : t('runs.showFailed')}
          </TextButton>
        )
      }
    >
      <div className={styles.grid}>
        <StepLabels layout={layout} />
        <GridPlot
          layout={layout}
          selected={selected}
          onSelect={props.onSelect}
        />
        <MedianColumn layout={layout} />
      </div>
      <Legend runs={runs} />
    </Card>
  );
}
