import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { projectNamePattern } from '@data-lake/plugin-data-lake-common';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { findTexts } from './field';
import type { FieldProps } from './field';

/** The name of a project: its rule in words, and refused where the catalog has one of that name. */
export function ProjectNameField(props: FieldProps) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { schema, formData, onChange, rawErrors, required } = props;
  return (
    <TextField
      className={tokens.tokens}
      id={props.idSchema?.$id}
      label={schema.title ?? t('field.name.title')}
      description={schema.description ?? t('field.name.rule')}
      isRequired={required}
      isDisabled={props.disabled}
      isInvalid={Boolean(rawErrors?.length)}
      value={formData ?? ''}
      onChange={text => onChange(text === '' ? undefined : text)}
    />
  );
}

/** Refuses what breaks the rule, then what is taken; the catalog is asked only of names that may be. */
export const validateProjectName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder },
) => {
  const t = findTexts(apiHolder);
  if (!projectNamePattern.test(name ?? '')) {
    field.addError(t('field.name.broken', { rule: t('field.name.rule') }));
    return;
  }
  try {
    const catalog = apiHolder.get(catalogApiRef);
    const taken = await catalog?.getEntities({
      filter: ['component', 'system'].map(kind => ({
        kind,
        'metadata.name': name,
      })),
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      limit: 1,
    });
    if (taken?.items[0]) {
      const ref = stringifyEntityRef(taken.items[0]);
      field.addError(t('field.name.taken', { ref }));
    }
  } catch (error) {
    const message = toMessage(error);
    field.addError(t('field.name.unchecked', { message }));
  }
};

export const projectNameSchema = makeFieldSchema({ output: z => z.string() });
