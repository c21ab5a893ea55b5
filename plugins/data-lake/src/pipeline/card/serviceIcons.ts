import type { ServiceId } from '@data-lake/plugin-data-lake-common';
import {
  RiCpuLine,
  RiDatabase2Line,
  RiFunctionLine,
  RiKey2Line,
  RiNodeTree,
  RiQuestionLine,
  RiServerLine,
  RiStackLine,
  RiWindyLine,
} from '@remixicon/react';
import type { RemixiconComponentType } from '@remixicon/react';

/** The icons of the services, without colour, which is reserved for state. */
export const serviceIcons = {
  cloudformation: RiStackLine,
  mwaa: RiWindyLine,
  emr: RiCpuLine,
  emrserverless: RiServerLine,
  stepfunctions: RiNodeTree,
  lambda: RiFunctionLine,
  glue: RiDatabase2Line,
  ssm: RiKey2Line,
  unknown: RiQuestionLine,
} satisfies Record<ServiceId, RemixiconComponentType>;
