import { azure } from './azure';
import { bitbucketCloud } from './bitbucketCloud';
import { Forge } from './Forge';
import { gitea } from './gitea';
import { github } from './github';
import { gitlab } from './gitlab';
import { startStandIn } from './StandIn';
import { routeTraffic } from './traffic';

const types = [azure, bitbucketCloud, gitea, github, gitlab];

/** An installation with a host of each type, and a credential `ours` for each. */
export const integrations = {
  github: [{ host: 'github.com', token: 'ours' }],
  gitlab: [{ host: 'gitlab.com', token: 'ours' }],
  bitbucketCloud: [{ username: 'ada', token: 'ours' }],
  azure: [
    { host: 'dev.azure.com', credentials: [{ personalAccessToken: 'ours' }] },
  ],
  gitea: [{ host: 'gitea.example.com', username: 'bot', password: 'ours' }],
};

/** Starts a stand-in for each type of host, and sends the traffic for them there. */
export async function startHosts() {
  const forge = await Forge.create();
  const standIn = await startStandIn(types, forge);
  const restore = routeTraffic(
    types.flatMap(({ hosts }) => hosts),
    standIn.port,
  );
  return {
    forge,
    async stop() {
      restore();
      await standIn.stop();
      await forge.remove();
    },
  };
}
