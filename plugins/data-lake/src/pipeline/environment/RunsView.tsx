import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  EnvironmentStatus,
  Run,
  Step,
} from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import { isObserved } from '../convert/isObserved';
import type { Selection } from '../hooks/useSelection';
import { RunFactsCard } from '../runs/RunFactsCard';
import { RunsGrid } from '../runs/RunsGrid';
import { StepCard } from '../trace/StepCard';
import { Trace } from '../trace/Trace';
import { NoRuns, RunNotice } from './EnvironmentNotices';
import styles from './RunsView.module.css';

/** The runs of an environment, and the trace of the selected or newest run. */
export function RunsView(props: {
  environment: EnvironmentStatus;
  selection: Selection;
  now: number;
  /** Id of a run that was started and is not listed yet. */
  awaited?: string;
  onSelect(selection: Omit<Selection, 'environment'>): void;
  /** Absent if the reader may not start a run. */
  onRun?: () => void;
}) {
  const { environment, selection, now, onSelect } = props;
  const { runs } = environment;
  const run = selection.run ? runs.find(r => r.id === selection.run) : runs[0];
  return (
    <>
      {isObserved(environment) && runs.length === 0 && !selection.run && (
        <NoRuns onRun={props.onRun} />
      )}
      {runs.length > 0 && (
        <RunsGrid
          runs={runs}
          now={now}
          selected={run?.id}
          onSelect={onSelect}
        />
      )}
      {selection.run && !run && (
        <RunNotice
          id={selection.run}
          awaited={selection.run === props.awaited}
          count={runs.length}
          onNewest={() => onSelect({})}
        />
      )}
      {run && (
        <RunColumns
          run={run}
          runs={runs}
          step={run.steps.find(s => s.id === selection.step)}
          now={now}
          onSelect={onSelect}
        />
      )}
    </>
  );
}

function RunColumns(props: {
  run: Run;
  runs: readonly Run[];
  step?: Step;
  now: number;
  onSelect(selection: Omit<Selection, 'environment'>): void;
}) {
  const { run, runs, step, now, onSelect } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <div className={styles.columns}>
      <Trace
        key={run.id}
        run={run}
        now={now}
        selectedStep={step?.id}
        onSelectStep={id => onSelect({ run: run.id, step: id })}
      />
      <div className={styles.side}>
        {step && (
          <StepCard
            step={step}
            now={now}
            onClose={() => onSelect({ run: run.id })}
          />
        )}
        <RunFactsCard
          runs={runs}
          title={t('facts.title', { count: runs.length })}
          onSelectRun={id => onSelect({ run: id })}
        />
      </div>
    </div>
  );
}
