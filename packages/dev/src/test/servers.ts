import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startAll } from '../commands/start.ts';
import { waitForAll } from '../localAws.ts';
import { once } from '../once.ts';
import { local } from '../paths.ts';

/** Starts Backstage and the local AWS with a state of their own, apart from the developer's; once for all parts. */
export const startServers = once(async () => {
  const state = join(local, 'test');
  await rm(state, { recursive: true, force: true });
  const { aws } = await startAll({ state });
  await waitForAll(aws);
});
