import { AwsTarget, toPartition } from '@data-lake/aws';

/**
 * What CloudFormation puts in for `AWS::…` in a stack's template, as far as it is known beforehand.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
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
