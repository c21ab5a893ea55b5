import { Config } from '@backstage/config';

/** Reads `dataLake.skeleton.path`: the folder that replaces the packaged skeleton, if there is one. */
export function readSkeletonPath(config: Config): string | undefined {
  return config.getOptionalString('dataLake.skeleton.path');
}
