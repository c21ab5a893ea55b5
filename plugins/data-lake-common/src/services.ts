import * as z from 'zod';

/**
 * The AWS services of a data lake, by their CDK module names. The pages show them in this order. `unknown` is
 * one that only a newer backend knows.
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
  unknown: 'unknown',
});

/** @public */
export type ServiceId = z.infer<typeof ServiceId>;

/** A service that has an adapter. @public */
export type ObservedServiceId = Exclude<ServiceId, 'unknown'>;

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
  unknown: { title: 'Another service' },
} satisfies Record<ServiceId, { title: string }>;
