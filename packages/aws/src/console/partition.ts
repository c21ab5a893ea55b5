import { partition } from '@aws-sdk/util-endpoints';

/**
 * Finds the partition of a region, as ARNs have it, such as `aws-cn`. The table is that of AWS's SDK, which knows
 * regions to come by the shape of their names; a region of no partition is taken for one of `aws`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 *
 * @public
 */
export function toPartition(region: string): string {
  return partition(region).name;
}

/**
 * Finds the domain of AWS's services in a region, such as `amazonaws.com.cn`.
 *
 * @public
 */
export function toDnsSuffix(region: string): string {
  return partition(region).dnsSuffix;
}

/**
 * Domains of the AWS console; the SDK has none. Those of the isolated partitions are not published: they are the ones
 * of the sign-in beside it, as in all other partitions.
 */
const consoleDomains: Record<string, string> = {
  aws: 'aws.amazon.com',
  'aws-cn': 'amazonaws.cn',
  'aws-us-gov': 'amazonaws-us-gov.com',
  'aws-eusc': 'amazonaws-eusc.eu',
  'aws-iso': 'c2shome.ic.gov',
  'aws-iso-b': 'sc2shome.sgov.gov',
  'aws-iso-e': 'csphome.adc-e.uk',
  'aws-iso-f': 'csphome.hci.ic.gov',
};

/**
 * Finds the host of the AWS console for a region.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 *
 * @public
 */
export function toConsoleHost(region: string): string {
  const domain = consoleDomains[toPartition(region)] ?? consoleDomains.aws;
  return `${region}.console.${domain}`;
}
