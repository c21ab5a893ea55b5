import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox } from '@backstage/ui';
import type { DeletionPreview } from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import { ErrorAlert } from '../card/ErrorAlert';
import type { Deletion } from './useDeletion';

/** The choices about objects and data, each shown only if it applies. */
export function DeletionOptions(props: {
  preview: DeletionPreview;
  deletion: Deletion;
}) {
  const { preview, deletion } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <>
      {deletion.fullBuckets.length > 0 && (
        <>
          <Checkbox
            isSelected={deletion.emptyBuckets}
            onChange={deletion.setEmptyBuckets}
          >
            {t('delete.emptyBuckets', {
              buckets: deletion.fullBuckets.join(', '),
            })}
          </Checkbox>
          <p>{t('delete.fullBuckets')}</p>
        </>
      )}
      {canRemoveMore(preview) && (
        <>
          <Checkbox
            isSelected={deletion.removeData}
            onChange={deletion.setRemoveData}
          >
            {t('delete.removeData')}
          </Checkbox>
          <p>{t('delete.removeDataNote')}</p>
        </>
      )}
      {deletion.dataError && (
        <ErrorAlert
          title={`${t('delete.dataStays')}.`}
          error={deletion.dataError}
        />
      )}
    </>
  );
}

/** Whether the second key would delete more. */
const canRemoveMore = ({ stacks, beside }: DeletionPreview) =>
  stacks.some(({ stays }) => stays.length > 0) ||
  beside.stays.some(({ type }) => type === 'AWS::Logs::LogGroup');
