import * as z from 'zod';

/**
 * The AWS services of a data lake, by their CDK module names. The pages show them in this order.
 *
 * @public
 */
export const ServiceId = z.enum({
  cloudformation: 'cloudformation',
  mwaa: 'mwaa',
  emr: 'emr',
  emrserverless: 'emrserverless',
  stepfunctions: 'stepfunctions',
  lambda: 'lambda',
  glue: 'glue',
  ssm: 'ssm',
});

/** @public */
export type ServiceId = z.infer<typeof ServiceId>;

/** @public */
export const services = {
  cloudformation: { title: 'CloudFormation' },
  mwaa: { title: 'MWAA' },
  emr: { title: 'EMR' },
  emrserverless: { title: 'EMR Serverless' },
  stepfunctions: { title: 'Step Functions' },
  lambda: { title: 'Lambda' },
  glue: { title: 'Glue' },
  ssm: { title: 'Systems Manager' },
} satisfies Record<ServiceId, { title: string }>;
