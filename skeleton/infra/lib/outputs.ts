import { CfnOutput, type CfnOutputProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * The stack's outputs. In a scope of their own, since some share their name with the parameter whose
 * settled value they tell.
 */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, outputs: Record<string, CfnOutputProps>) {
    super(scope, id);
    for (const [name, props] of Object.entries(outputs)) new CfnOutput(this, name, props);
  }
}
