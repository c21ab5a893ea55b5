import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendFeatureLoader,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { findProblems, type Problem } from './findProblems';

type Added = BackendFeature | Promise<{ default: BackendFeature }>;

/**
 * Creates a backend that does not start in production with local parts, such as a guest without a password, the
 * local AWS, or a policy that allows everything.
 */
export function createCheckedBackend() {
  const backend = createBackend();
  const added: Added[] = [];
  backend.add(
    createBackendFeatureLoader({
      deps: { config: coreServices.rootConfig },
      async loader({ config }) {
        if (isProduction(config)) {
          const permissionModules = await listPermissionModules(added);
          refuse(
            findProblems({
              config,
              permissionModules,
              environment: process.env,
            }),
          );
        }
        return [];
      },
    }),
  );
  return {
    add(feature: Added) {
      added.push(feature);
      backend.add(feature);
    },
    start: () => backend.start(),
  };
}

function isProduction(config: Config): boolean {
  return (
    process.env.NODE_ENV === 'production' ||
    config.getOptionalString('auth.environment') === 'production'
  );
}

function refuse(problems: Problem[]): void {
  if (problems.length > 0) {
    const lines = problems.map(
      ({ key, problem, remedy }) => `  ${key} ${problem}: ${remedy}.`,
    );
    throw new Error(
      [
        'This configuration is not for production (app-config.production.yaml is, alone):',
        ...lines,
      ].join('\n'),
    );
  }
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
