import { installAwsCli, installCdk } from '../../bench/peers.ts';
import { localAwsClient, localEnvironment } from '../../environment.ts';
import { once } from '../../once.ts';
import { installSkeleton } from '../install.ts';
import { runJest } from '../jest.ts';
import type { Part } from '../part.ts';
import { startServers } from '../servers.ts';

/** The engine, the adapters and the CLI against the local AWS, and beside the AWS CLI and CDK. */
export const integration: Part = {
  cores: 1,
  async install() {
    await installSkeleton();
    await installTools();
  },
  start: startServers,
  run: async () =>
    runJest('integration', {
      ...localEnvironment(),
      ...localAwsClient,
      ...(await installTools()),
    }),
};

const installTools = once(async () => ({
  AWS_CLI: await installAwsCli(),
  CDK: await installCdk(),
}));
