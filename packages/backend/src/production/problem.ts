import type { Config } from '@backstage/config';

/** A reason why an installation may not start: what is wrong, and what to do. */
export interface Problem {
  /** Key of the configuration, or what is installed. */
  key: string;
  problem: string;
  remedy: string;
}

/** What a start is judged by. */
export interface Start {
  config: Config;
  /** Ids of the modules of the permission plugin. */
  permissionModules: string[];
  /** Variables of the process. */
  environment: NodeJS.ProcessEnv;
}
