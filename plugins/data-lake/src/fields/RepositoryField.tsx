import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { repoPickerValidation } from '@backstage/plugin-scaffolder';
import { dataLakeApiRef } from '../api';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { EntityRepository } from './EntityRepository';
import { getTranslate } from './field';
import { NewRepository } from './NewRepository';
import type { RepositoryOptions, RepositoryProps } from './repositoryProps';
import { parseRepoUrl, toOwner } from './repoUrl';

/** The field for a new repository at one of the installation's hosts, or for that of an entity. */
export function RepositoryField(props: RepositoryProps) {
  const isOfEntity = props.uiSchema?.['ui:options']?.entityField;
  return (
    <div className={tokens.tokens}>
      {isOfEntity ? (
        <EntityRepository {...props} />
      ) : (
        <NewRepository {...props} />
      )}
    </div>
  );
}

/** Refuses what is incomplete, and a host, owner or project that the configuration does not list. */
export const validateRepository: CustomFieldValidator<
  string,
  RepositoryOptions
> = async (repoUrl, field, context) => {
  if (context.uiSchema?.['ui:options']?.entityField) return;
  const t = getTranslate(context.apiHolder);
  const location = parseRepoUrl(repoUrl);
  if (!location?.parts.get('repo')) {
    field.addError(t('field.repository.missing'));
    return;
  }
  try {
    const hosts =
      (await context.apiHolder.get(dataLakeApiRef)?.listCodeHosts()) ?? [];
    const chosen = hosts.find(({ host }) => host === location.host);
    if (!chosen) {
      const listed = hosts.map(({ host }) => host).join(', ');
      field.addError(
        t('field.repository.notAllowed', {
          host: location.host,
          hosts: listed,
        }),
      );
      return;
    }
    if (chosen.type === 'other') return;
    repoPickerValidation(repoUrl!, field, context);
    const { host, owners, projects } = chosen;
    const owner = toOwner(location) ?? '';
    if (isRefused(owners, owner)) {
      field.addError(
        t('field.repository.ownerNotAllowed', {
          host,
          owner,
          owners: owners.join(', '),
        }),
      );
    }
    const project = location.parts.get('project') ?? '';
    if (isRefused(projects, project)) {
      field.addError(
        t('field.repository.projectNotAllowed', {
          host,
          project,
          projects: projects.join(', '),
        }),
      );
    }
  } catch (error) {
    const message = toMessage(error);
    field.addError(t('field.repository.unreachable', { message }));
  }
};

const isRefused = (allowed: string[], name: string) =>
  allowed.length > 0 &&
  !allowed.some(each => each.toLowerCase() === name.toLowerCase());

/** The value and options of `DataLakeRepository`. */
export const repositorySchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z => {
    const scopes = z.array(z.string()).optional();
    return z.object({
      entityField: z.string().optional(),
      requestUserCredentials: z
        .object({
          secretsKey: z.string(),
          additionalScopes: z
            .object({
              azure: scopes,
              bitbucket: scopes,
              gerrit: scopes,
              gitea: scopes,
              github: scopes,
              gitlab: scopes,
            })
            .optional(),
        })
        .optional(),
    });
  },
});
