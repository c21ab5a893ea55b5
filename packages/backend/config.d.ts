export interface Config {
  /** Who may do what, besides what each plugin checks itself. */
  permissionPolicy?: {
    /** Refs of the groups that run the installation, such as group:default/platform. Default none. */
    platform?: string[];
    /**
     * Who may register entities in the catalog. The template registers a new repository as the user:
     * everyone, unless the catalog discovers repositories by itself. Default platform.
     */
    register?: 'platform' | 'everyone';
  };
  /**
   * Repositories kept as folders of this machine, for trying things out without a Git host.
   * Absent: data lakes have no host `local`, and no folder is read.
   * Name that host in dataLake.repositories.hosts too.
   */
  localRepositories?: {
    /** Folder of the repositories, relative to the backend's working directory. */
    path: string;
  };
}
