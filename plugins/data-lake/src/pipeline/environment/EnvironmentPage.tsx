import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { useState } from 'react';
import { dataLakeApiRef } from '../../api';
import { dataLakeTranslationRef } from '../../translation';
import { CauseCard } from '../cause/CauseCard';
import { DeployView } from '../deploy/DeployView';
import { goesOn } from '../convert/goesOn';
import { findCause } from '../cause/findCause';
import {
  NoRuns,
  RunNotice,
  StaleNote,
  UnseenNotice,
} from './EnvironmentNotices';
import styles from '../PipelineTab.module.css';
import { Problems } from './Problems';
import { ResourcesTable } from '../resources/ResourcesTable';
import { RunDialog } from '../start/RunDialog';
import { RunsGrid } from '../runs/RunsGrid';
import { RunFactsCard } from '../runs/RunFactsCard';
import { TearDownDialog } from '../delete/DeleteDialog';
import { StepCard } from '../trace/StepCard';
import { Trace } from '../trace/Trace';
import { toDagId } from '../convert/toDagId';
import { useNow } from '../hooks/useNow';
import type { Selection } from '../hooks/useSelection';
import { Verdict } from '../health/HealthHeader';

/** Everything of one environment, in stable order: verdict, cause, runs, trace, resources. */
export function EnvironmentPage(props: {
  environment: EnvironmentStatus;
  selection: Selection;
  awaited?: string;
  onSelect(selection: Omit<Selection, 'environment'>): void;
  onStarted(runId: string): void;
  onReload(): void;
}) {
  const { environment, selection, onSelect } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { entity } = useEntity();
  const api = useApi(dataLakeApiRef);
  const [running, setRunning] = useState(false);
  const [tearingDown, setTearingDown] = useState(false);
  const [refreshError, setRefreshError] = useState<Error>();
  const { runs } = environment;
  const now = useNow(runs.some(goesOn) ? 1000 : 10_000);

  const entityRef = stringifyEntityRef(entity);
  const place = { entityRef, environment: environment.name };
  const refresh = () =>
    api
      .refresh(place)
      .then(() => setRefreshError(undefined), setRefreshError)
      .then(props.onReload);

  const run = selection.run ? runs.find(r => r.id === selection.run) : runs[0];
  const step = run?.steps.find(s => s.id === selection.step);
  const cause = findCause(environment);
  const canRun = environment.actions.run.allowed;
  const ask = () => setRunning(true);

  if (selection.view === 'deploy') {
    return <DeployView environment={environment} onBack={() => onSelect({})} />;
  }
  return (
    <>
      <Verdict
        environment={environment}
        now={now}
        refreshError={refreshError}
        onRefresh={refresh}
        onRun={ask}
        onSelectRun={id => onSelect({ run: id })}
        onDeploy={() => onSelect({ view: 'deploy' })}
        onTearDown={() => setTearingDown(true)}
      />
      {!environment.observedAt && (
        <UnseenNotice observing={environment.observing} onLook={refresh} />
      )}
      <StaleNote environment={environment} now={now} onRetry={refresh} />
      {environment.problems.length > 0 && (
        <Problems environment={environment} />
      )}
      {cause && (
        <CauseCard
          cause={cause}
          onShow={onSelect}
          onRun={canRun ? ask : undefined}
        />
      )}
      {isKnown(environment) && runs.length === 0 && !selection.run && (
        <NoRuns onRun={canRun ? ask : undefined} />
      )}
      {runs.length > 0 && (
        <RunsGrid
          runs={runs}
          now={now}
          selected={run?.id}
          selectedStep={step?.id}
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
      )}
      {(isKnown(environment) || environment.resources.length > 0) && (
        <ResourcesTable resources={environment.resources} />
      )}
      {tearingDown && (
        <TearDownDialog
          environment={environment}
          entityRef={entityRef}
          onClose={() => setTearingDown(false)}
        />
      )}
      {running && (
        <RunDialog
          environment={environment}
          entityRef={entityRef}
          dagId={toDagId(entity, environment)}
          onClose={() => setRunning(false)}
          onStarted={runId => {
            setRunning(false);
            props.onStarted(runId);
            refresh();
          }}
        />
      )}
    </>
  );
}

/** Whether what is not there is known to be absent, rather than not seen. */
function isKnown(environment: EnvironmentStatus): boolean {
  return Boolean(environment.observedAt) && environment.problems.length === 0;
}
