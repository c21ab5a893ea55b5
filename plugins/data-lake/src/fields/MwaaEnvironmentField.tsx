import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { Select, TextField } from '@backstage/ui';
import useSWR from 'swr';
import { dataLakeApiRef } from '../api';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { findTexts, readOthers } from './field';
import type { FieldProps } from './field';
import { FieldNote } from './FieldNote';

/**
 * An existing MWAA environment of the chosen account and region. Where the list is empty or cannot be
 * read, its name is typed: AWS may be out of reach from here and well in reach of the deployment.
 */
export function MwaaEnvironmentField(props: FieldProps) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { schema, formData, onChange } = props;
  const { account, region } = readOthers(props);
  const place = account && region ? { account, region } : undefined;
  const { environments, error, isLoading, reload } = useMwaaEnvironments(place);
  const unlisted = place && !isLoading && environments.length === 0;
  const chosen = environments.find(e => e.name === formData);
  const placeholder = toPlaceholder(Boolean(place), isLoading);

  return (
    <div className={tokens.tokens}>
      {!unlisted && (
        <Select
          name={props.name}
          label={schema.title ?? t('field.mwaa.title')}
          description={schema.description ?? t('field.mwaa.description')}
          placeholder={t(placeholder)}
          isRequired={props.required}
          isDisabled={props.disabled || environments.length === 0}
          isInvalid={Boolean(props.rawErrors?.length)}
          options={environments.map(({ name, airflowVersion, status }) => ({
            value: name,
            label: t('field.mwaa.item', {
              name,
              version: airflowVersion,
              status,
            }),
          }))}
          selectedKey={formData ?? null}
          onSelectionChange={key =>
            onChange(key === null ? undefined : `${key}`)
          }
        />
      )}
      {unlisted && (
        <TextField
          label={schema.title ?? t('field.mwaa.title')}
          description={t('field.mwaa.typed')}
          isRequired={props.required}
          isDisabled={props.disabled}
          isInvalid={Boolean(props.rawErrors?.length)}
          value={formData ?? ''}
          onChange={text => onChange(text === '' ? undefined : text)}
        />
      )}
      {unlisted && (
        <FieldNote onRetry={reload}>
          {error
            ? t('field.mwaa.unreachable', {
                message: toMessage(error),
              })
            : t('field.mwaa.none', place)}
        </FieldNote>
      )}
      {chosen && chosen.status !== 'AVAILABLE' && (
        <FieldNote onRetry={reload}>
          {t('field.mwaa.notReady', {
            name: chosen.name,
            status: chosen.status,
          })}
        </FieldNote>
      )}
    </div>
  );
}

function toPlaceholder(hasPlace: boolean, isLoading: boolean) {
  if (!hasPlace) return 'field.mwaa.choosePlace' as const;
  return isLoading ? 'field.mwaa.loading' : 'field.mwaa.placeholder';
}

function useMwaaEnvironments(place?: { account: string; region: string }) {
  const api = useApi(dataLakeApiRef);
  const { data, error, isLoading, mutate } = useSWR(
    place && ['data-lake/mwaa-environments', place.account, place.region],
    () => api.listMwaaEnvironments(place!),
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
  return {
    environments: data ?? [],
    error: error as Error | undefined,
    isLoading,
    reload: () => mutate(),
  };
}

/** https://docs.aws.amazon.com/mwaa/latest/API/API_CreateEnvironment.html */
const mwaaName = /^[A-Za-z][0-9A-Za-z_-]{0,79}$/;

export const validateMwaaEnvironment: CustomFieldValidator<string> = (
  name,
  field,
  { apiHolder },
) => {
  const t = findTexts(apiHolder);
  if (!name) field.addError(t('field.mwaa.missing'));
  else if (!mwaaName.test(name)) field.addError(t('field.mwaa.broken'));
};

export const mwaaEnvironmentSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      regionField: z.string().optional(),
    }),
});
