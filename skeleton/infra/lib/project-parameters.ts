import { CfnCondition, Fn } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/**
 * `/data-lake/<project>/<environment>/*`: where the DAG, and whoever else runs in AWS, finds what the
 * stack made.
 */
export class ProjectParameters extends Construct {
  /** `name` is the last part of the parameter's path. With `condition` it is there only then. */
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
