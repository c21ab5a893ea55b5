import { AwsTarget } from '@data-lake/aws';

/** Converts to the name of a bucket that a stack of an environment makes; `prefix`: `P-E`. */
export const toMadeBucketName = (
  prefix: string,
  thing: 'data' | 'code' | 'logs' | 'mwaa',
  { account, region }: AwsTarget,
): string => `${prefix}-${thing}-${account}-${region}`;
