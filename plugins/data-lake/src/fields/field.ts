import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { ApiHolder } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { dataLakeTranslationRef } from '../translation';
import type { Translate } from '../translation';

/** Names of other fields of the same form that a field looks at. */
export interface FieldNames {
  /** Default `owner`. */
  ownerField?: string;
  /** Default `account`. */
  accountField?: string;
  /** Default `region`. */
  regionField?: string;
}

export type FieldProps = FieldExtensionComponentProps<string, FieldNames>;

/** What the form holds so far, over all its pages: owner, account and region where they are chosen. */
export function readOthers(props: FieldProps) {
  const names = props.uiSchema?.['ui:options'] ?? {};
  const form: Record<string, unknown> = props.formContext?.formData ?? {};
  const read = (name: string) => {
    const value = form[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    owner: read(names.ownerField ?? 'owner'),
    account: read(names.accountField ?? 'account'),
    region: read(names.regionField ?? 'region'),
  };
}

/** The texts, for validations, which are no components. */
export function findTexts(apiHolder: ApiHolder): Translate {
  const translations = apiHolder.get(translationApiRef);
  const snapshot = translations?.getTranslation(dataLakeTranslationRef);
  if (!snapshot?.ready) {
    throw new Error('The texts of the data lake fields are not loaded yet');
  }
  return snapshot.t;
}
