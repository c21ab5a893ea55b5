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
  /** Whether resources that outlive the stack are deleted with it; see removal.ts. */
  readonly removesData?: boolean;
}

/**
 * One of an environment's stacks, `<project>-<environment>-<stack>`. It needs no assets and no bootstrap
 * stack, so Backstage, `aws cloudformation deploy` and `cdk deploy` can all deploy it.
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

/** Adds the two parameters of every stack; all names begin with their values. */
export function nameParameters(scope: Construct) {
  text(scope, 'Project', {
    description: 'Project name in project.yaml; first part of every resource name.',
    allowedPattern: '^[a-z][a-z0-9-]{1,18}[a-z0-9]$',
    constraintDescription:
      '3 to 20 lower-case letters, digits and dashes; must begin with a letter and not end with a dash',
  });
  text(scope, 'Environment', {
    description: 'Environment name, for example dev or prod; second part of every resource name.',
    allowedPattern: '^[a-z][a-z0-9]{1,7}$',
    constraintDescription: '2 to 8 lower-case letters and digits; must begin with a letter',
  });
}

/** Adds the two parameters that name the owner of resources that outlive their stack. */
export function ownerParameters(scope: Construct) {
  text(scope, 'Owner', {
    description: 'Catalog reference of the owning group or user, used as a tag.',
    allowedPattern: '^[A-Za-z0-9:/._@-]{1,200}$',
  });
  text(scope, 'Entity', {
    description: "Catalog reference of the project's entity, used as a tag.",
    allowedPattern: '^[A-Za-z0-9:/._-]{1,200}$',
  });
}

export const text = (scope: Construct, id: string, props: CfnParameterProps) =>
  new CfnParameter(scope, id, { type: 'String', ...props }).valueAsString;
