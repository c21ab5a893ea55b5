import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import type { DeletionPreview } from '@data-lake/plugin-data-lake-common';
import { useState } from 'react';
import { dataLakeApiRef } from '../../api';
import { dataLakeTranslationRef } from '../../translation';
import { useRequest } from '../hooks/useRequest';
import { useStartTask } from '../hooks/useStartTask';

/** Holds the answers of the form, previews them, and starts the task of the deletion. */
export function useDeletion(options: {
  preview: DeletionPreview;
  entityRef: string;
  environment: string;
}) {
  const { preview, entityRef, environment } = options;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const api = useApi(dataLakeApiRef);
  const [confirm, setConfirm] = useState('');
  const [emptyBuckets, setEmptyBuckets] = useState(false);
  const [removeData, setRemoveData] = useState(false);
  const { start, starting, error } = useStartTask();
  // Deleting the data changes both lists; the former lists stay until the answer arrives.
  const answer = useRequest(`${removeData}`, async () =>
    removeData
      ? api.previewDeletion({ entityRef, name: environment }, { removeData })
      : preview,
  );
  const fullBuckets = removeData
    ? []
    : preview.stacks.flatMap(stack => stack.fullBuckets);

  const findBlocker = () => {
    if (answer.error) return t('delete.dataStays');
    if (!answer.value) return t('delete.loading');
    if (fullBuckets.length > 0 && !emptyBuckets) {
      return t('delete.confirmFirst');
    }
    return confirm === preview.confirm ? undefined : t('delete.notYet');
  };

  return {
    confirm,
    setConfirm,
    emptyBuckets,
    setEmptyBuckets,
    removeData,
    setRemoveData,
    /** Buckets that hold objects and need a confirmation. */
    fullBuckets,
    shown: answer.value ?? preview,
    dataError: answer.error,
    /** The reason why the deletion cannot start yet. */
    blocker: findBlocker(),
    starting,
    error,
    submit: () =>
      start({
        templateRef: templateRefs.delete,
        values: { entityRef, environment, confirm, emptyBuckets, removeData },
      }),
  };
}

export type Deletion = ReturnType<typeof useDeletion>;
