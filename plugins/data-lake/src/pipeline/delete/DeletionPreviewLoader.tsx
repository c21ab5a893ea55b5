import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton } from '@backstage/ui';
import { environmentKey } from '@data-lake/plugin-data-lake-common';
import type {
  DeletionPreview,
  EnvironmentStatus,
} from '@data-lake/plugin-data-lake-common';
import { dataLakeApiRef } from '../../api';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { ErrorAlert } from '../card/ErrorAlert';
import { Note, RetryButton } from '../card/Notice';
import { useRequest } from '../hooks/useRequest';
import { DeletionForm } from './DeletionForm';
import { DeletionMessage } from './DeletionMessage';

/** Requests the preview of the deletion, then shows its form. */
export function DeletionPreviewLoader(props: {
  environment: EnvironmentStatus;
  entityRef: string;
  onClose(): void;
}) {
  const { environment, entityRef, onClose } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const api = useApi(dataLakeApiRef);
  const ref = { entityRef, name: environment.name };
  const { value, error, reload } = useRequest(environmentKey(ref), () =>
    api.previewDeletion(ref),
  );
  if (error) {
    return (
      <DeletionMessage onClose={onClose}>
        <ErrorAlert
          title={`${t('delete.errorTitle')}.`}
          error={error}
          action={<RetryButton onPress={reload} />}
        />
      </DeletionMessage>
    );
  }
  if (!value) {
    return (
      <DeletionMessage onClose={onClose}>
        <p role="status">{t('delete.loading')}</p>
        <Skeleton width="100%" height={160} />
      </DeletionMessage>
    );
  }
  if (!hasAnything(value)) {
    return (
      <DeletionMessage onClose={onClose}>
        <Note look={healthLook.gone}>{t('delete.nothing')}</Note>
      </DeletionMessage>
    );
  }
  return <DeletionForm {...props} preview={value} />;
}

/** What stayed of an earlier tear-down can go too. */
function hasAnything({ stacks, dags, beside }: DeletionPreview): boolean {
  return (
    stacks.some(
      ({ status, goes, stays }) =>
        status !== 'NOT_THERE' || goes.length + stays.length > 0,
    ) ||
    (dags?.files.length ?? 0) > 0 ||
    beside.goes.length + beside.stays.length > 0
  );
}
