import { ResourceChange } from '@aws-sdk/client-cloudformation';

/** Tells whether a resource was changed or deleted outside CloudFormation. */
export const isDrifted = ({ ResourceDriftStatus }: ResourceChange) =>
  ResourceDriftStatus === 'MODIFIED' || ResourceDriftStatus === 'DELETED';
