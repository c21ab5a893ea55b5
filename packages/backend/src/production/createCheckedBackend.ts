import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendFeatureLoader,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { findProblems } from './findProblems';
import type { Problem } from './problem';

/** A start that a configuration for production does not get; the message lists each problem and what to do. */
export class RefusedStart extends Error {}

type Added = BackendFeature | Promise<{ default: BackendFeature }>;

/**
 * Creates a backend that does not start in production with local parts, such as a guest without a password, the
 * local AWS, or a policy that allows everything.
 */
export function createCheckedBackend() {
  const backend = createBackend();
  const added: Added[] = [];
  let refused: string | undefined;
  backend.add(
    createBackendFeatureLoader({
      deps: { config: coreServices.rootConfig },
      async loader({ config }) {
        if (isProduction(config)) {
          const permissionModules = await listPermissionModules(added);
          refused = describe(
            findProblems({
              config,
              permissionModules,
              environment: process.env,
            }),
          );
        }
        if (refused) throw new RefusedStart(refused);
        return [];
      },
    }),
  );
  return {
    add(feature: Added) {
      added.push(feature);
      backend.add(feature);
    },
    /** Starts the backend. @throws RefusedStart */
    async start(): Promise<void> {
      await backend.start().catch(error => {
        throw refused ? new RefusedStart(refused) : error;
      });
    },
  };
}

function isProduction(config: Config): boolean {
  return (
    process.env.NODE_ENV === 'production' ||
    config.getOptionalString('auth.environment') === 'production'
  );
}

function describe(problems: Problem[]): string | undefined {
  const lines = problems.map(
    ({ key, problem, remedy }) => `  ${key} ${problem}: ${remedy}.`,
  );
  return lines.length > 0
    ? [
        'Not started: this configuration is not for production. Use app-config.production.yaml alone, or change:',
        ...lines,
      ].join('\n')
    : undefined;
}

/** Backstage's own form of a feature, which its types do not show. */
interface Registrations {
  getRegistrations?(): { pluginId: string; moduleId?: string }[];
}

async function listPermissionModules(added: Added[]): Promise<string[]> {
  const features = await Promise.all(added);
  return features
    .map(feature => ('default' in feature ? feature.default : feature))
    .flatMap(feature => (feature as Registrations).getRegistrations?.() ?? [])
    .filter(({ pluginId }) => pluginId === 'permission')
    .flatMap(({ moduleId }) => moduleId ?? []);
}
