import { DeployedEnvironment } from '@data-lake/plugin-data-lake-common';
import { ConsolePage, consoleUrl } from '@data-lake/aws';

/** URL of the console's page of a resource; undefined for most types. */
export function toResourceUrl(
  target: Pick<DeployedEnvironment, 'region'>,
  resource: { type: string; id: string },
): string | undefined {
  const toPage = Object.hasOwn(pages, resource.type)
    ? pages[resource.type]
    : undefined;
  return toPage && resource.id
    ? consoleUrl(target, toPage(resource.id))
    : undefined;
}

const pages: Record<string, (id: string) => ConsolePage> = {
  'AWS::CloudFormation::Stack': stackId => ({ of: 'stack', stackId }),
  'AWS::EMR::Cluster': id => ({ of: 'emr-cluster', id }),
  'AWS::EMRServerless::Application': id => ({
    of: 'emr-serverless-application',
    id,
  }),
  'AWS::Glue::Crawler': name => ({ of: 'crawler', name }),
  'AWS::Glue::Database': name => ({ of: 'glue-database', name }),
  'AWS::Glue::Job': name => ({ of: 'glue-job', name }),
  'AWS::IAM::Role': name => ({ of: 'role', name }),
  'AWS::Lambda::Function': name => ({ of: 'lambda', name }),
  'AWS::Logs::LogGroup': name => ({ of: 'log-group', name }),
  'AWS::MWAA::Environment': name => ({ of: 'mwaa-environment', name }),
  'AWS::S3::Bucket': name => ({ of: 'bucket', name }),
  'AWS::SSM::Parameter': name => ({ of: 'parameter', name }),
  'AWS::StepFunctions::StateMachine': arn => ({ of: 'state-machine', arn }),
};
