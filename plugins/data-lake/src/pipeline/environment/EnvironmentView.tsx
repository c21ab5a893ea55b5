import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { isActive } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { useState } from 'react';
import { CauseCard } from '../cause/CauseCard';
import { findCause } from '../cause/findCause';
import { HealthHeader } from '../health/HealthHeader';
import { useNow } from '../hooks/useNow';
import { useRefresh } from '../hooks/useRefresh';
import type { Selection } from '../hooks/useSelection';
import { ResourcesTable } from '../resources/ResourcesTable';
import { EnvironmentDialog } from './EnvironmentDialog';
import type { DialogName } from './EnvironmentDialog';
import { ObservationNotices } from './EnvironmentNotices';
import { RunsView } from './RunsView';

/** The state of one environment, always in this order: health, problems, cause, runs, trace, resources. */
export function EnvironmentView(props: {
  environment: EnvironmentStatus;
  selection: Selection;
  awaited?: string;
  onSelect(selection: Omit<Selection, 'environment'>): void;
  onStarted(runId: string): void;
  onReload(): void;
}) {
  const { environment, onSelect } = props;
  const entityRef = stringifyEntityRef(useEntity().entity);
  const [dialog, setDialog] = useState<DialogName>();
  const now = useNow(environment.runs.some(isActive) ? 1000 : 10_000);
  const ref = { entityRef, name: environment.name };
  const { refresh, refreshError } = useRefresh(ref, props.onReload);
  const cause = findCause(environment);
  const askRun = () => setDialog('run');
  const onRun = environment.actions.run.allowed ? askRun : undefined;
  return (
    <>
      <HealthHeader
        environment={environment}
        now={now}
        refreshError={refreshError}
        onRefresh={refresh}
        onRun={askRun}
        onSelectRun={id => onSelect({ run: id })}
        onDeploy={() => onSelect({ view: 'deploy' })}
        onDelete={() => setDialog('delete')}
      />
      <ObservationNotices
        environment={environment}
        now={now}
        onRefresh={refresh}
      />
      {cause && <CauseCard cause={cause} onShow={onSelect} onRun={onRun} />}
      <RunsView {...props} now={now} onRun={onRun} />
      <ResourcesTable environment={environment} />
      <EnvironmentDialog
        name={dialog}
        environment={environment}
        onClose={() => setDialog(undefined)}
        onStarted={runId => {
          setDialog(undefined);
          props.onStarted(runId);
          refresh();
        }}
      />
    </>
  );
}
