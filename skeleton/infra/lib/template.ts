import { App, type Stack } from 'aws-cdk-lib';
import type { EnvironmentStackProps } from './environment-stack.ts';
import { FoundationsStack } from './foundations-stack.ts';
import { MwaaStack } from './mwaa-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';

/** Biggest template that CloudFormation takes in a request, in bytes; above it wants a bucket. */
export const TEMPLATE_BODY_LIMIT = 51_200;

/** Every stack of the project: template file name without `.template.json` → its stack. */
export const stacks = {
  foundations: FoundationsStack,
  mwaa: MwaaStack,
  observability: ObservabilityStack,
} satisfies Record<string, new (app: App, id: string, props?: EnvironmentStackProps) => Stack>;

export type StackName = keyof typeof stacks;

/** The stack's template as text: short enough for TemplateBody, and readable in a review. */
export function templateOf(name: StackName, props?: EnvironmentStackProps): string {
  // cfn-lint and our own tests look at the template; CDK's validation takes ten times as long as synth.
  process.env.CDK_VALIDATION ??= 'false';
  const app = new App({ analyticsReporting: false });
  new stacks[name](app, name, props);
  return `${readable(app.synth().getStackByName(name).template)}\n`;
}

/**
 * JSON with a line for each property of a resource, indented by one; what is inside a property stays
 * on its line. More would not fit into the limit, less would hide in a review what has changed.
 */
function readable(value: unknown, depth = 0): string {
  const oneLine = JSON.stringify(value);
  if (depth === 4 || oneLine.length <= 100 || typeof value !== 'object' || value === null) return oneLine;
  const lines = Array.isArray(value)
    ? value.map((item) => readable(item, depth + 1))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${readable(item, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n').replace(/^/gm, ' ')}\n${close}`;
}
