export interface Config {
  dataLake?: {
    /** How often AWS is asked for the state of the pipelines. All in seconds. */
    collect?: {
      /**
       * Between two sweeps over all entities with a pipeline. Default 60.
       */
      intervalSeconds?: number;
      /**
       * Age at which an open page has an environment observed again while a run is active. Default 3.
       */
      activeSeconds?: number;
      /**
       * The same where nothing runs. Default 30.
       */
      idleSeconds?: number;
      /**
       * After which one observation is given up. Default 30.
       */
      timeoutSeconds?: number;
      /**
       * Entities that a sweep looks at, at most. Default 1000.
       */
      maxEntities?: number;
    };
  };
}
