import { useState } from 'react';
import {
  accountOptions,
  mwaaEnvironmentOptions,
  projectNameOptions,
  regionOptions,
} from '../src/fields/options';

const fields = {
  name: projectNameOptions,
  account: accountOptions,
  region: regionOptions,
  mwaa: mwaaEnvironmentOptions,
};

/** The form fields without the scaffolder around them. */
export function FieldsPage() {
  const [formData, setFormData] = useState<Record<string, string>>({});
  return (
    <div style={{ maxWidth: 480, display: 'grid', gap: 24 }}>
      {Object.entries(fields).map(([name, { component: Field }]) => {
        const props: any = {
          name,
          schema: {},
          uiSchema: {},
          required: true,
          formData: formData[name],
          formContext: { formData },
          onChange: (value: string) =>
            setFormData(current => ({ ...current, [name]: value })),
        };
        return <Field key={name} {...props} />;
      })}
    </div>
  );
}
