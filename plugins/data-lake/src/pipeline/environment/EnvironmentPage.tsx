import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { DeployView } from '../deploy/DeployView';
import type { Selection } from '../hooks/useSelection';
import { EnvironmentView } from './EnvironmentView';

/** Everything about one environment: its state, or the preview of its deployment. */
export function EnvironmentPage(props: {
  environment: EnvironmentStatus;
  selection: Selection;
  awaited?: string;
  onSelect(selection: Omit<Selection, 'environment'>): void;
  onStarted(runId: string): void;
  onReload(): void;
}) {
  const { environment, selection, onSelect } = props;
  return selection.view === 'deploy' ? (
    <DeployView environment={environment} onBack={() => onSelect({})} />
  ) : (
    <EnvironmentView {...props} />
  );
}
