import { AwsTarget, toPartition } from '@data-lake/aws';

/**
 * Returns the values of the `AWS::…` parameters of a stack's template that are known beforehand.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 * @public
 */
export function toPseudoParameters(
  { account, region }: AwsTarget,
  stackName: string,
): Record<string, string> {
  return {
    'AWS::AccountId': account,
    'AWS::Partition': toPartition(region),
    'AWS::Region': region,
    'AWS::StackName': stackName,
  };
}
