import { App, type Stack } from 'aws-cdk-lib';
import type { EnvironmentStackProps } from './environment-stack.ts';
import { FoundationsStack } from './foundations-stack.ts';
import { MwaaStack } from './mwaa-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
import { readable } from './readable.ts';
import type { StackName } from './stack-names.ts';

/** Largest template that a CloudFormation request may contain, in bytes; a larger one requires a bucket. */
export const TEMPLATE_BODY_LIMIT = 51_200;

/** The class of each stack. */
export const stacks = {
  foundations: FoundationsStack,
  mwaa: MwaaStack,
  observability: ObservabilityStack,
} satisfies Record<StackName, new (app: App, id: string, props?: EnvironmentStackProps) => Stack>;

/** Returns the stack's template as text: short enough for TemplateBody, and readable in a review. */
export function templateOf(name: StackName, props?: EnvironmentStackProps): string {
  // cfn-lint and our own tests check the template; the CDK's validation takes ten times as long as synth.
  process.env.CDK_VALIDATION ??= 'false';
  const app = new App({ analyticsReporting: false });
  new stacks[name](app, name, props);
  return `${readable(app.synth().getStackByName(name).template)}\n`;
}
