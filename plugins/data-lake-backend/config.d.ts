export interface Config {
  dataLake?: {
    /** Who may do what, besides the permissions. */
    access?: {
      /**
       * Who may start a run: members of the entity's owner, or anyone who has the permission
       * data-lake.pipeline.run. Default owner.
       */
      run?: 'owner' | 'anyone';
    };
    /** The templates of data lakes in the catalog. */
    templates?: {
      /** Entity ref of their owner, such as group:default/platform. Default none. */
      owner?: string;
      /**
       * Whether the backend adds its templates to the catalog. False where you register templates of your own.
       * Default true.
       */
      provide?: boolean;
    };
    /** How often the pipelines are read from AWS. All in seconds. */
    collect?: {
      /**
       * Interval between two sweeps over all entities with a pipeline. Default 60.
       */
      intervalSeconds?: number;
      /**
       * Age at which an open page has an environment observed again while a run is active. Default 3.
       */
      activeSeconds?: number;
      /**
       * The same while no run is active. Default 30.
       */
      idleSeconds?: number;
      /**
       * Limit of one observation. Default 30.
       */
      timeoutSeconds?: number;
      /**
       * Entities that a sweep observes, at most. Default 1000.
       */
      maxEntities?: number;
    };
  };
}
