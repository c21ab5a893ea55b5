export interface Config {
  dataLake?: {
    skeleton?: {
      /** Folder of the generated project; default the one in the package. */
      path?: string;
    };
  };
}
