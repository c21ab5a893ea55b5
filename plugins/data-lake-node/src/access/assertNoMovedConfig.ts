import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/** Keys of earlier versions, and where their settings are now. */
const movedKeys = {
  'dataLake.accounts': 'awsDeploy.accounts',
  'dataLake.aws.endpoints': 'awsDeploy.endpoints',
  'dataLake.deploy': 'awsDeploy',
};

/**
 * Refuses configuration of earlier versions: otherwise no account would be allowed, without a word why.
 *
 * @throws InputError that names each key and where its settings are now
 * @public
 */
export function assertNoMovedConfig(config: RootConfigService): void {
  const moved = Object.entries(movedKeys)
    .filter(([key]) => config.has(key))
    .map(([key, to]) => `the settings of ${key} are now in ${to}`);
  if (moved.length === 0) return;
  throw new InputError(`Invalid configuration: ${moved.join('; ')}`);
}
