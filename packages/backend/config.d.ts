export interface Config {
  /** Who may do what, besides what each plugin checks itself. */
  permissionPolicy?: {
    /** Refs of the groups that run the installation, such as group:default/platform. Default none. */
    platform?: string[];
    /**
     * Who may register entities in the catalog. The template's step `catalog:register` runs as the user:
     * everyone, unless the catalog discovers repositories by itself. Default platform.
     */
    register?: 'platform' | 'everyone';
  };
  /**
   * Repositories kept as folders of this machine, for trying things out without a Git host.
   * Absent: the action `publish:local` is not there, and no folder is read.
   */
  localRepositories?: {
    /** Folder of the repositories, relative to the backend's working directory. */
    path: string;
  };
}
