export interface Config {
  dataLake?: {
    /** Where the repositories of new data lakes may be, and how they are set up. */
    repositories?: {
      /**
       * Hosts that the form offers, and no others. Default every integration of Azure DevOps, Bitbucket Cloud,
       * Gitea, GitHub and GitLab that has a credential.
       */
      hosts?: Array<{
        /** Host of an integration, such as github.com. */
        host: string;
        /** What the form calls it. Default the host. */
        title?: string;
        /** Organizations, groups or workspaces that may own a repository. Default any. */
        owners?: string[];
        /** Projects of Azure DevOps and Bitbucket that may have one. Default any. */
        projects?: string[];
        /**
         * Whether the form asks people for their own token. Default where they can sign in to that type of host:
         * auth.providers.github, gitlab, bitbucket or microsoft.
         */
        userToken?: boolean;
      }>;
      /**
       * What the main branch demands of a change: a pull request that one person has approved, or nothing.
       * Default pull-request.
       */
      mainBranch?: 'pull-request' | 'none';
      /**
       * Whether the task registers the repository in the catalog. False where the catalog discovers repositories
       * by itself. Default true.
       */
      register?: boolean;
    };
  };
}
