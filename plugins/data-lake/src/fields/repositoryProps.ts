import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';

/** The options of `DataLakeRepository`. */
export interface RepositoryOptions {
  /** Name of the field with an entity, whose repository it is; absent: a new one. */
  entityField?: string;
  /** As of `RepoUrlPicker`; asked for at hosts that take a person's token. */
  requestUserCredentials?: {
    /** Key of the secret with the token. */
    secretsKey: string;
    /** Scopes beside those of writing, by type of host. */
    additionalScopes?: {
      azure?: string[];
      bitbucket?: string[];
      gerrit?: string[];
      gitea?: string[];
      github?: string[];
      gitlab?: string[];
    };
  };
}

/** The props of the field for a repository. */
export type RepositoryProps = FieldExtensionComponentProps<
  string,
  RepositoryOptions
>;
