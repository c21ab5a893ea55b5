import { localAwsClient, localEnvironment } from '../../environment.ts';
import { runJest } from '../jest.ts';
import type { Part } from '../part.ts';
import { startServers } from '../servers.ts';

/** The permissions of each role beside the calls that whole runs have made with it. */
export const permissions: Part = {
  cores: 1,
  needs: ['e2e', 'runs'],
  start: startServers,
  run: () =>
    runJest('permissions', { ...localEnvironment(), ...localAwsClient }),
};
