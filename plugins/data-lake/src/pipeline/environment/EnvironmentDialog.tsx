import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { toDagId } from '../convert/toDagId';
import { DeleteDialog } from '../delete/DeleteDialog';
import { RunDialog } from '../start/RunDialog';

/** The dialogs of an environment. */
export type DialogName = 'run' | 'delete';

/** The open dialog of an environment, if any. */
export function EnvironmentDialog(props: {
  name?: DialogName;
  environment: EnvironmentStatus;
  onClose(): void;
  onStarted(runId: string): void;
}) {
  const { environment, onClose } = props;
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  switch (props.name) {
    case 'delete':
      return (
        <DeleteDialog
          environment={environment}
          entityRef={entityRef}
          onClose={onClose}
        />
      );
    case 'run':
      return (
        <RunDialog
          environment={environment}
          entityRef={entityRef}
          dagId={toDagId(entity, environment)}
          onClose={onClose}
          onStarted={props.onStarted}
        />
      );
    default:
      return null;
  }
}
