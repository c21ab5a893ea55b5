import { ActualState } from '../stack/actualState';
import { ResourceChange } from '../stack/resourceChange';
import { TemplateState } from '../template/evaluateTemplate';
import { asObject } from '../template/json';

/**
 * Puts the actual properties of drifted resources in place of those of the former template: what reverts
 * drift changes what is there, not what was deployed. Of a resource whose properties are unknown nothing is
 * left, so that all that it would grant counts as new.
 */
export function withActualState(
  before: TemplateState,
  after: TemplateState,
  change: { resources: readonly ResourceChange[]; actual?: ActualState },
): TemplateState {
  const { resources, actual } = change;
  if (!actual || actual.size === 0) return before;
  const template = asObject(before.content);
  const next = asObject(asObject(after.content).Resources);
  const former = Object.entries(asObject(template.Resources)).map(
    ([id, value]) => {
      const resource = asObject(value);
      if (!actual.has(id)) return [id, value];
      const listed = resources.find(({ logicalId }) => logicalId === id);
      const names = new Set([
        ...Object.keys(asObject(resource.Properties)),
        ...Object.keys(asObject(asObject(next[id]).Properties)),
        ...(listed?.properties ?? []).map(({ path }) => path),
      ]);
      // AWS tells more than the templates have: defaults, and what the service has set
      const Properties = Object.fromEntries(
        Object.entries(actual.get(id) ?? {}).filter(([name]) =>
          names.has(name),
        ),
      );
      return [id, { ...resource, Properties }];
    },
  );
  return {
    ...before,
    content: { ...template, Resources: Object.fromEntries(former) },
  };
}
