import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { findFieldProblem } from '@data-lake/plugin-data-lake-common';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { useAccounts } from './AccountField';
import { getTranslate, readOthers } from './field';
import type { FieldProps } from './field';
import { FieldNote } from './FieldNote';

/** The field for one of the regions that the chosen account allows. */
export function RegionField(props: FieldProps) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { owner, account } = readOthers(props);
  const { accounts } = useAccounts(owner);
  const { schema, formData, onChange } = props;
  const chosen = accounts.find(a => a.id === account);
  const regions = chosen?.regions ?? [];
  const disallowed = chosen && formData && !regions.includes(formData);
  return (
    <div className={tokens.tokens}>
      <Select
        name={props.name}
        label={schema.title ?? t('field.region.title')}
        description={schema.description ?? t('field.region.description')}
        placeholder={
          account
            ? t('field.region.placeholder')
            : t('field.region.chooseAccount')
        }
        isRequired={props.required}
        isDisabled={props.disabled || regions.length === 0}
        isInvalid={Boolean(props.rawErrors?.length) || Boolean(disallowed)}
        options={regions.map(region => ({ value: region, label: region }))}
        selectedKey={formData ?? null}
        onSelectionChange={key => onChange(key === null ? undefined : `${key}`)}
      />
      {disallowed && (
        <FieldNote>
          {t('field.region.notAllowed', {
            account: chosen.name,
            regions: regions.join(', '),
          })}
        </FieldNote>
      )}
    </div>
  );
}

/** Refuses a missing or invalid region. */
export const validateRegion: CustomFieldValidator<string> = (
  region,
  field,
  { apiHolder },
) => {
  const t = getTranslate(apiHolder);
  if (!region) field.addError(t('field.region.missing'));
  const rule = region && findFieldProblem('region', region);
  if (rule) field.addError(t('field.region.broken', { rule }));
};

/** The value and options of `DataLakeRegion`. */
export const regionSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      ownerField: z.string().optional(),
      accountField: z.string().optional(),
    }),
});
