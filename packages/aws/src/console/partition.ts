/**
 * Finds the partition of a region, as ARNs have it: `aws`, `aws-cn` or `aws-us-gov`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 *
 * @public
 */
export function toPartition(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
