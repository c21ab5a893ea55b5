import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { findFieldProblem } from '@data-lake/plugin-data-lake-common';
import useSWR from 'swr';
import { dataLakeApiRef } from '../api';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { getTranslate, readOthers } from './field';
import type { FieldProps } from './field';
import { FieldNote } from './FieldNote';

/** The field for one of the accounts that the chosen owner may use. */
export function AccountField(props: FieldProps) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { owner } = readOthers(props);
  const { accounts, error, isLoading, reload } = useAccounts(owner);
  const { schema, formData, onChange } = props;
  return (
    <div className={tokens.tokens}>
      <Select
        name={props.name}
        label={schema.title ?? t('field.account.title')}
        description={schema.description ?? t('field.account.description')}
        placeholder={
          isLoading
            ? t('field.account.loading')
            : t('field.account.placeholder')
        }
        isRequired={props.required}
        isDisabled={props.disabled || accounts.length === 0}
        isInvalid={Boolean(props.rawErrors?.length)}
        options={accounts.map(({ id, name }) => ({
          value: id,
          label: `${name} (${id})`,
        }))}
        selectedKey={formData ?? null}
        onSelectionChange={key => onChange(key === null ? undefined : `${key}`)}
      />
      {error && <FieldNote onRetry={reload}>{toMessage(error)}</FieldNote>}
      {!error && !isLoading && accounts.length === 0 && (
        <FieldNote>
          {t('field.account.none', {
            owner: owner ?? t('field.account.noOwner'),
          })}
        </FieldNote>
      )}
    </div>
  );
}

/** Lists the accounts of an owner; the fields of one form share the answer. */
export function useAccounts(owner: string | undefined) {
  const api = useApi(dataLakeApiRef);
  const { data, error, isLoading, mutate } = useSWR(
    ['data-lake/accounts', owner ?? ''],
    () => api.listAccounts({ owner }),
    { revalidateOnFocus: false },
  );
  return {
    accounts: data ?? [],
    error: error as Error | undefined,
    isLoading,
    reload: () => mutate(),
  };
}

/** Refuses a missing or invalid account id. */
export const validateAccount: CustomFieldValidator<string> = (
  account,
  field,
  { apiHolder },
) => {
  const t = getTranslate(apiHolder);
  if (!account) field.addError(t('field.account.missing'));
  const rule = account && findFieldProblem('account', account);
  if (rule) field.addError(t('field.account.broken', { rule }));
};

/** The value and options of `DataLakeAccount`. */
export const accountSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z => z.object({ ownerField: z.string().optional() }),
});
