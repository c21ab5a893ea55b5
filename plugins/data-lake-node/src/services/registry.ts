import { ObservedServiceId } from '@data-lake/plugin-data-lake-common';
import { ServiceAdapter } from './adapter';
import { cloudformation } from './cloudformation/adapter';
import { emr } from './emr/adapter';
import { emrserverless } from './emrserverless/adapter';
import { glue } from './glue/adapter';
import { lambda } from './lambda/adapter';
import { mwaa } from './mwaa/adapter';
import { ssm } from './ssm/adapter';
import { stepfunctions } from './stepfunctions/adapter';

/** One row a service: a new service is its folder and its row. */
export const adapters = {
  cloudformation,
  mwaa,
  emr,
  emrserverless,
  stepfunctions,
  lambda,
  glue,
  ssm,
} satisfies Record<ObservedServiceId, ServiceAdapter>;

/** Finds the service that describes resources of this CloudFormation type; none for most types. */
export function findServiceOf(type: string): ObservedServiceId | undefined {
  return Object.values<ServiceAdapter>(adapters).find(({ resourceTypes }) =>
    resourceTypes.includes(type),
  )?.id;
}
