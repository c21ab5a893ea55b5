import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { formatTime } from '../../format';
import { runLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Card, TextLink } from '../card/Card';
import { CopyLink } from './CopyLink';
import { TraceGrid } from './TraceGrid';
import { TraceSummary } from './TraceSummary';

/** One run across all services, as a tree of steps over time; the first failure is marked. */
export function Trace(props: {
  run: Run;
  now: number;
  selectedStep?: string;
  onSelectStep(id?: string): void;
}) {
  const { run, now } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Card
      title={
        run.startedAt
          ? t('trace.title', { time: formatTime(run.startedAt) })
          : t('trace.titleUnstarted')
      }
      mark={
        <StateMark look={runLook[run.state]} label={t(`state.${run.state}`)} />
      }
      aside={
        <>
          {t('trace.joined')} <code>{run.id}</code>
        </>
      }
      actions={
        <>
          <CopyLink runId={run.id} />
          {run.consoleUrl && (
            <TextLink href={run.consoleUrl}>{t('trace.airflow')}</TextLink>
          )}
        </>
      }
    >
      {run.steps.length === 0 ? (
        <p>{t('trace.noSteps')}</p>
      ) : (
        <TraceGrid {...props} />
      )}
      <TraceSummary run={run} now={now} />
    </Card>
  );
}
