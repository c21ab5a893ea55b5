import { useEffect } from 'react';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import type { CodeHost } from '@data-lake/plugin-data-lake-common';
import useSWR from 'swr';
import { dataLakeApiRef } from '../api';
import { toMessage } from '../format';
import { dataLakeTranslationRef } from '../translation';
import { FieldNote } from './FieldNote';
import { OfficialPicker } from './OfficialPicker';
import { parseRepoUrl, startRepoUrl } from './repoUrl';
import type { RepositoryProps } from './repositoryProps';

/** The choice of host, owner and name of a new repository. */
export function NewRepository(props: RepositoryProps) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { hosts, error, isLoading, reload } = useCodeHosts();
  if (isLoading) return <FieldNote>{t('field.repository.loading')}</FieldNote>;
  if (error) {
    return (
      <FieldNote onRetry={reload}>
        {t('field.repository.unreachable', { message: toMessage(error) })}
      </FieldNote>
    );
  }
  if (hosts.length === 0) {
    return <FieldNote onRetry={reload}>{t('field.repository.none')}</FieldNote>;
  }
  return <HostChoice {...props} hosts={hosts} />;
}

/** Lists the hosts of the installation; the fields of one form share the answer. */
export function useCodeHosts() {
  const api = useApi(dataLakeApiRef);
  const { data, error, isLoading, mutate } = useSWR(
    'data-lake/code-hosts',
    () => api.listCodeHosts(),
    { revalidateOnFocus: false },
  );
  return {
    hosts: data ?? [],
    error: error as Error | undefined,
    isLoading,
    reload: () => mutate(),
  };
}

function HostChoice(props: RepositoryProps & { hosts: CodeHost[] }) {
  const { hosts, formData, onChange } = props;
  const location = parseRepoUrl(formData);
  const chosen = hosts.find(({ host }) => host === location?.host) ?? hosts[0];
  const name = toProjectName(props);
  const isStarted = location?.host === chosen.host;
  useEffect(() => {
    if (!isStarted) onChange(startRepoUrl(chosen, name));
  }, [isStarted, chosen, name, onChange]);
  if (!isStarted) return null;
  const choose = (host: string) => {
    const other = hosts.find(each => each.host === host);
    if (other && other !== chosen) onChange(startRepoUrl(other, name));
  };
  return (
    <>
      {hosts.length > 1 && (
        <HostSelect {...props} chosen={chosen} onChoose={choose} />
      )}
      {chosen.type === 'other' ? (
        <NameInput {...props} chosen={chosen} />
      ) : (
        // another host starts anew: its owners are others
        <OfficialPicker {...props} key={chosen.host} chosen={chosen} />
      )}
    </>
  );
}

function HostSelect(
  props: RepositoryProps & {
    hosts: CodeHost[];
    chosen: CodeHost;
    onChoose: (host: string) => void;
  },
) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Select
      name={`${props.name}-host`}
      label={t('field.repository.host')}
      description={t('field.repository.hostDescription')}
      isDisabled={props.disabled}
      options={props.hosts.map(({ host, title }) => ({
        value: host,
        label: title,
      }))}
      selectedKey={props.chosen.host}
      onSelectionChange={key => key !== null && props.onChoose(`${key}`)}
    />
  );
}

function NameInput(props: RepositoryProps & { chosen: CodeHost }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { chosen, formData, onChange } = props;
  return (
    <TextField
      name={props.name}
      label={t('field.repository.name')}
      description={`${chosen.title}. ${t('field.repository.nameDescription')}`}
      isRequired={props.required}
      isDisabled={props.disabled}
      isInvalid={Boolean(props.rawErrors?.length)}
      value={parseRepoUrl(formData)?.parts.get('repo') ?? ''}
      onChange={text => onChange(startRepoUrl(chosen, text))}
    />
  );
}

function toProjectName({ formContext }: RepositoryProps): string {
  const { name } = formContext?.formData ?? {};
  return typeof name === 'string' ? name : '';
}
