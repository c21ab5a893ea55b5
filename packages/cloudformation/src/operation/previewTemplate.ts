import { estimateTemplateCost } from '../cost/fixedCost';
import { Template } from '../template/template';
import { Preview } from './previewStack';

/**
 * Previews a new stack from its template alone, without calling AWS, such as for a dry run.
 *
 * @public
 */
export function previewTemplate(
  template: Template,
  parameters: Record<string, string> = {},
): Preview {
  return {
    does: 'create',
    resources: Object.entries(template.resourceTypes).map(
      ([logicalId, type]) => ({
        logicalId,
        type,
        does: 'added',
        properties: [],
        stateful: false,
      }),
    ),
    broader: [],
    cost: estimateTemplateCost(template, parameters),
    digest: template.digest,
    templateBytes: Buffer.byteLength(template.body),
  };
}
