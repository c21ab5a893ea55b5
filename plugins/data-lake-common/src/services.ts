import * as z from 'zod';

/**
 * The AWS services a data lake is made of, by their CDK module names. The order is the order on the pages.
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
