import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { ApiHolder } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { dataLakeTranslationRef } from '../translation';
import type { Translate } from '../translation';

/** The names of the other fields of the form that a field reads. */
export interface FieldNames {
  /** Optional, default `owner`. */
  ownerField?: string;
  /** Optional, default `account`. */
  accountField?: string;
  /** Optional, default `region`. */
  regionField?: string;
}

/** The props of a form field whose value is text. */
export type FieldProps = FieldExtensionComponentProps<string, FieldNames>;

/** Reads owner, account and region from all pages of the form, if they are chosen. */
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

/** Returns the translation function for validations, which cannot use hooks. */
export function getTranslate(apiHolder: ApiHolder): Translate {
  const translations = apiHolder.get(translationApiRef);
  const snapshot = translations?.getTranslation(dataLakeTranslationRef);
  if (!snapshot?.ready) {
    throw new Error(
      'The translations of the data lake fields are not loaded yet',
    );
  }
  return snapshot.t;
}
