import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { Select, TextField } from '@backstage/ui';
import { findFieldProblem } from '@data-lake/plugin-data-lake-common';
import useSWR from 'swr';
import { dataLakeApiRef } from '../api';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { getTranslate, readOthers } from './field';
import type { FieldProps } from './field';
import { FieldNote } from './FieldNote';

/**
 * The field for an existing MWAA environment of the chosen account and region. If the list is empty or cannot be read,
 * its name is entered as text: the deployment may reach AWS even if Backstage cannot.
 */
export function MwaaEnvironmentField(props: FieldProps) {
  const { account, region } = readOthers(props);
  const target = account && region ? { account, region } : undefined;
  const list = useMwaaEnvironments(target);
  const isUnlisted =
    target && !list.isLoading && list.environments.length === 0;
  return (
    <div className={tokens.tokens}>
      {isUnlisted ? (
        <NameInput {...props} list={list} target={target} />
      ) : (
        <EnvironmentSelect {...props} list={list} hasTarget={Boolean(target)} />
      )}
    </div>
  );
}

interface AwsTarget {
  account: string;
  region: string;
}

type EnvironmentList = ReturnType<typeof useMwaaEnvironments>;

function EnvironmentSelect(
  props: FieldProps & { list: EnvironmentList; hasTarget: boolean },
) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { schema, formData, onChange, list, hasTarget } = props;
  const { environments, isLoading, reload } = list;
  const chosen = environments.find(e => e.name === formData);
  return (
    <>
      <Select
        name={props.name}
        label={schema.title ?? t('field.mwaa.title')}
        description={schema.description ?? t('field.mwaa.description')}
        placeholder={t(toPlaceholder(hasTarget, isLoading))}
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
        onSelectionChange={key => onChange(key === null ? undefined : `${key}`)}
      />
      {chosen && chosen.status !== 'AVAILABLE' && (
        <FieldNote onRetry={reload}>
          {t('field.mwaa.notReady', {
            name: chosen.name,
            status: chosen.status,
          })}
        </FieldNote>
      )}
    </>
  );
}

function NameInput(
  props: FieldProps & { list: EnvironmentList; target: AwsTarget },
) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { schema, formData, onChange } = props;
  const { error, reload } = props.list;
  return (
    <>
      <TextField
        label={schema.title ?? t('field.mwaa.title')}
        description={t('field.mwaa.typed')}
        isRequired={props.required}
        isDisabled={props.disabled}
        isInvalid={Boolean(props.rawErrors?.length)}
        value={formData ?? ''}
        onChange={text => onChange(text === '' ? undefined : text)}
      />
      <FieldNote onRetry={reload}>
        {error
          ? t('field.mwaa.unreachable', { message: toMessage(error) })
          : t('field.mwaa.none', { ...props.target })}
      </FieldNote>
    </>
  );
}

function toPlaceholder(hasTarget: boolean, isLoading: boolean) {
  if (!hasTarget) return 'field.mwaa.chooseTarget' as const;
  return isLoading ? 'field.mwaa.loading' : 'field.mwaa.placeholder';
}

function useMwaaEnvironments(target?: AwsTarget) {
  const api = useApi(dataLakeApiRef);
  const { data, error, isLoading, mutate } = useSWR(
    target && ['data-lake/mwaa-environments', target.account, target.region],
    () => api.listMwaaEnvironments(target!),
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
  return {
    environments: data ?? [],
    error: error as Error | undefined,
    isLoading,
    reload: () => mutate(),
  };
}

/** Refuses a missing or invalid name. */
export const validateMwaaEnvironment: CustomFieldValidator<string> = (
  name,
  field,
  { apiHolder },
) => {
  const t = getTranslate(apiHolder);
  if (!name) field.addError(t('field.mwaa.missing'));
  const rule = name && findFieldProblem('mwaaEnvironment', name);
  if (rule) field.addError(t('field.mwaa.broken', { rule }));
};

/** The value and options of `DataLakeMwaaEnvironment`. */
export const mwaaEnvironmentSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      regionField: z.string().optional(),
    }),
});
