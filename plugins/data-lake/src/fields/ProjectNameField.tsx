import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { findFieldProblem } from '@data-lake/plugin-data-lake-common';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { getTranslate } from './field';
import type { FieldProps } from './field';

/** The field for the name of a project, with its rule. */
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

/** Refuses a name that breaks the rule, or that the catalog already has. */
export const validateProjectName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder },
) => {
  const t = getTranslate(apiHolder);
  const rule = findFieldProblem('projectName', name ?? '');
  if (rule) {
    field.addError(t('field.name.broken', { rule }));
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

/** The value and options of `DataLakeProjectName`. */
export const projectNameSchema = makeFieldSchema({ output: z => z.string() });
