import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments, local, root } from './paths.ts';

/**
 * Makes the environment of all processes that `./dev` starts: without the developer's own AWS configuration,
 * so that the SDKs find no credentials but those of the local AWS.
 */
export function localEnvironment(state = local): NodeJS.ProcessEnv {
  const nothing = join(local, 'aws-config-empty');
  mkdirSync(local, { recursive: true });
  writeFileSync(nothing, '');
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AWS_') && !name.startsWith('LOCAL_AWS_'),
  );
  const settings = Object.entries(process.env).filter(([name]) =>
    name.startsWith('LOCAL_AWS_'),
  );
  return {
    ...Object.fromEntries(own),
    AWS_CONFIG_FILE: nothing,
    AWS_SHARED_CREDENTIALS_FILE: nothing,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    LOCAL_AWS_HOME: join(state, 'aws'),
    LOCAL_AWS_ENVS: environments,
    PYTHONPATH: join(root, 'packages/local-aws'),
    ...Object.fromEntries(settings),
  };
}

/** More variables, for a client of the local AWS: endpoint and account. */
export const localAwsClient = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
  AWS_ENDPOINT_URL_EMR_SERVERLESS: 'http://127.0.0.1:4567',
  AWS_ENDPOINT_URL_LAKEFORMATION: 'http://127.0.0.1:4567',
  AWS_ACCESS_KEY_ID: '000000000000',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
};
