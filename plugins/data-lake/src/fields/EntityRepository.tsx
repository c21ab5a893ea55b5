import { useEffect } from 'react';
import { getEntitySourceLocation } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { scmAuthApiRef } from '@backstage/integration-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useTemplateSecrets } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import useSWR from 'swr';
import { toMessage } from '../format';
import { dataLakeTranslationRef } from '../translation';
import { FieldNote } from './FieldNote';
import { useCodeHosts } from './NewRepository';
import type { RepositoryProps } from './repositoryProps';

/** The repository of the chosen entity, which the catalog knows; it asks for the person's token of its host. */
export function EntityRepository(props: RepositoryProps) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const entityRef = toEntityRef(props);
  const { url, error, reload } = useSourceUrl(entityRef);
  const { formData, onChange } = props;
  useEffect(() => {
    if (url && url !== formData) onChange(url);
  }, [url, formData, onChange]);
  if (!entityRef) {
    return <FieldNote>{t('field.repository.chooseEntity')}</FieldNote>;
  }
  if (error) {
    const message = toMessage(error);
    return (
      <FieldNote onRetry={reload}>
        {t('field.repository.noSource', { entity: entityRef, message })}
      </FieldNote>
    );
  }
  if (!url) {
    return (
      <FieldNote>
        {t('field.repository.reading', { entity: entityRef })}
      </FieldNote>
    );
  }
  return (
    <>
      <TextField
        name={props.name}
        label={props.schema.title ?? t('field.repository.title')}
        description={props.schema.description}
        isReadOnly
        value={url}
      />
      <TokenRequest {...props} url={url} />
    </>
  );
}

/** Asks for the token of the repository's host, once; without it the task may have Backstage's own. */
function TokenRequest({ uiSchema, url }: RepositoryProps & { url: string }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { hosts } = useCodeHosts();
  const auth = useApi(scmAuthApiRef);
  const { setSecrets } = useTemplateSecrets();
  const { host } = new URL(url);
  const request = uiSchema?.['ui:options']?.requestUserCredentials;
  const isAsked =
    request !== undefined &&
    hosts.some(each => each.host === host && each.asksForToken);
  const { error, mutate } = useSWR(
    isAsked ? ['data-lake/token', url] : undefined,
    async () => {
      const { token } = await auth.getCredentials({
        url,
        additionalScope: {
          repoWrite: true,
          customScopes: request?.additionalScopes,
        },
      });
      setSecrets({ [request!.secretsKey]: token });
      return true;
    },
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
  if (!error) return null;
  return (
    <FieldNote onRetry={() => mutate()}>
      {t('field.repository.noToken', { host, message: toMessage(error) })}
    </FieldNote>
  );
}

function useSourceUrl(entityRef: string | undefined) {
  const catalog = useApi(catalogApiRef);
  const { data, error, mutate } = useSWR(
    entityRef && ['data-lake/source-url', entityRef],
    async () => {
      const entity = await catalog.getEntityByRef(entityRef!);
      if (!entity) throw new Error('it is not in the catalog.');
      const { type, target } = getEntitySourceLocation(entity);
      return type === 'url' ? target : `${type}://${target}`;
    },
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
  return {
    url: data,
    error: error as Error | undefined,
    reload: () => mutate(),
  };
}

function toEntityRef({ uiSchema, formContext }: RepositoryProps) {
  const name = uiSchema?.['ui:options']?.entityField ?? '';
  const value = formContext?.formData?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
