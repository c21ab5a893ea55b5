import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/**
 * `/data-lake/<project>/<environment>/*`: the parameters in which the DAG and other code in AWS find the
 * stack's resources.
 */
export class ProjectParameters extends Construct {
  /** Adds a parameter; `name` is the last part of its path, and `condition` (optional) controls its creation. */
  add(name: string, value: string, condition?: CfnCondition) {
    const id = name.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase());
    const parameter = new CfnParameter(this, `${id}Parameter`, {
      name: Fn.sub(`/data-lake/\${Project}/\${Environment}/${name}`),
      type: 'String',
      value,
    });
    parameter.cfnOptions.condition = condition;
  }
}
