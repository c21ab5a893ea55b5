import { localAwsClient, localEnvironment } from '../../environment.ts';
import { installSkeleton } from '../install.ts';
import { forTemplating, runJest } from '../jest.ts';
import type { Part } from '../part.ts';
import { startServers } from '../servers.ts';

/** Whole runs of pipelines. */
export const runs: Part = {
  cores: 2,
  install: installSkeleton,
  start: startServers,
  // A run waits more than it computes, and each file has a project of its own: three files run at a time.
  run: () =>
    runJest(
      'runs',
      { ...localEnvironment(), ...localAwsClient, ...forTemplating },
      { workers: 3 },
    ),
};
