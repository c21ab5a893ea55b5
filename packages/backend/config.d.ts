export interface Config {
  /**
   * Repositories kept as folders of this machine, for trying things out without a Git host.
   * Absent: the action `publish:local` is not there, and no folder is read.
   */
  localRepositories?: {
    /** Folder of the repositories, relative to the backend's working directory. */
    path: string;
  };
}
