import { CfnOutput, type CfnOutputProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * The stack's outputs. They have their own scope, because some have the name of the parameter whose resolved
 * value they return.
 */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, outputs: Record<string, CfnOutputProps>) {
    super(scope, id);
    for (const [name, props] of Object.entries(outputs)) new CfnOutput(this, name, props);
  }
}
