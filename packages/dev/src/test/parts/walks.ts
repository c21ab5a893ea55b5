import { localAwsClient, localEnvironment } from '../../environment.ts';
import { installSkeleton } from '../install.ts';
import { runJest } from '../jest.ts';
import type { Part } from '../part.ts';
import { startServers } from '../servers.ts';

/** Many walks through the life of environments; a few are in the part `integration`. */
export const walks: Part = {
  cores: 1,
  install: installSkeleton,
  start: startServers,
  run: () => runJest('walks', { ...localEnvironment(), ...localAwsClient }),
};
