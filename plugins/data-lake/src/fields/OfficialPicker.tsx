import { useMemo } from 'react';
import type { ComponentType } from 'react';
import { RepoUrlPickerFieldExtension } from '@backstage/plugin-scaffolder';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import type { CodeHost } from '@data-lake/plugin-data-lake-common';
import type { RepositoryProps } from './repositoryProps';

/**
 * Backstage's own picker, limited to one host and its owners, so that it completes owners and names, and asks
 * for the person's token, as everywhere else.
 */
export function OfficialPicker(props: RepositoryProps & { chosen: CodeHost }) {
  const { chosen, uiSchema } = props;
  const [{ component }] = useCustomFieldExtensions<{
    component: ComponentType<any>;
  }>(officialFields);
  const Picker = component;
  const options = useMemo(
    () => toOptions(chosen, uiSchema?.['ui:options']),
    [chosen, uiSchema],
  );
  return (
    <Picker {...props} uiSchema={{ ...uiSchema, 'ui:options': options }} />
  );
}

/** The extension has no component of its own: it is data for the scaffolder, which this reads. */
const officialFields = (
  <ScaffolderFieldExtensions>
    <RepoUrlPickerFieldExtension />
  </ScaffolderFieldExtensions>
);

function toOptions(
  { host, type, owners, projects, asksForToken }: CodeHost,
  options: NonNullable<RepositoryProps['uiSchema']['ui:options']> = {},
) {
  return {
    allowedHosts: [host],
    ...(owners.length > 0 &&
      (type === 'azure'
        ? { allowedOrganizations: owners }
        : { allowedOwners: owners })),
    ...(projects.length > 0 && { allowedProjects: projects }),
    requestUserCredentials: asksForToken
      ? options.requestUserCredentials
      : undefined,
  };
}
