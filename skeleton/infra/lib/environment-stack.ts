import {
  BootstraplessSynthesizer,
  type CfnElement,
  CfnParameter,
  type CfnParameterProps,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface EnvironmentStackProps extends Pick<StackProps, 'tags' | 'synthesizer'> {
  /** What would outlive the stack goes with it; see removal.ts. */
  readonly removesData?: boolean;
}

/**
 * One of an environment's stacks, `<project>-<environment>-<stack>`. Without assets and a bootstrap
 * stack: it is deployed by Backstage, by `aws cloudformation deploy` or by `cdk deploy` alike.
 */
export class EnvironmentStack extends Stack {
  readonly removesData: boolean;

  constructor(
    scope: Construct,
    id: string,
    { removesData = false, ...props }: EnvironmentStackProps & { readonly description: string },
  ) {
    super(scope, id, { synthesizer: new BootstraplessSynthesizer(), ...props });
    this.removesData = removesData;
  }

  /** Logical ids are the constructs' own ids: readable in the console, and stable when files move. */
  protected override allocateLogicalId(element: CfnElement): string {
    return element.node.id;
  }
}

/** The two parameters of every stack, of which every name is made. */
export function nameParameters(scope: Construct) {
  text(scope, 'Project', {
    description: 'The project, as in project.yaml. First part of every name.',
    allowedPattern: '^[a-z][a-z0-9-]{1,18}[a-z0-9]$',
    constraintDescription:
      '3 to 20 lower-case letters, digits and dashes; begins with a letter, does not end in a dash',
  });
  text(scope, 'Environment', {
    description: 'The environment, for example dev or prod. Second part of every name.',
    allowedPattern: '^[a-z][a-z0-9]{1,7}$',
    constraintDescription: '2 to 8 lower-case letters and digits; begins with a letter',
  });
}

/** The two parameters of a stack that makes what outlives it: whose it was. */
export function ownerParameters(scope: Construct) {
  text(scope, 'Owner', {
    description: 'Reference of the owning group or user in the catalog, used as a tag.',
    allowedPattern: '^[A-Za-z0-9:/._@-]{1,200}$',
  });
  text(scope, 'Entity', {
    description: "Reference of the project's catalog entity, used as a tag.",
    allowedPattern: '^[A-Za-z0-9:/._-]{1,200}$',
  });
}

export const text = (scope: Construct, id: string, props: CfnParameterProps) =>
  new CfnParameter(scope, id, { type: 'String', ...props }).valueAsString;
