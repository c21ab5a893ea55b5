import { AwsTarget } from '../accounts/accounts';
import { toConsoleHost } from './partition';

/** A page of the AWS console. @public */
export type ConsolePage =
  | { of: 'stack'; stackId: string }
  | { of: 'bucket'; name: string; prefix?: string }
  | { of: 'mwaa-environment'; name: string }
  | { of: 'emr-cluster'; id: string }
  | { of: 'emr-serverless-application'; id: string }
  | { of: 'state-machine'; arn: string }
  | { of: 'execution'; arn: string }
  | { of: 'glue-job'; name: string }
  | { of: 'glue-job-run'; name: string; runId: string }
  | { of: 'glue-database'; name: string }
  | { of: 'glue-table'; database: string; name: string }
  | { of: 'crawler'; name: string }
  | { of: 'lambda'; name: string }
  | { of: 'log-group'; name: string }
  | { of: 'parameter'; name: string }
  | { of: 'role'; name: string };

/**
 * Makes the URL of a page of the AWS console, in the region's partition.
 *
 * @public
 */
export function consoleUrl(
  target: Pick<AwsTarget, 'region'>,
  page: ConsolePage,
): string {
  const toPath = paths[page.of] as (
    page: ConsolePage,
    region: string,
  ) => string;
  return `https://${toConsoleHost(target.region)}/${toPath(
    page,
    target.region,
  )}`;
}

type Paths = {
  [K in ConsolePage['of']]: (
    page: Extract<ConsolePage, { of: K }>,
    region: string,
  ) => string;
};

const e = encodeURIComponent;

const paths = {
  stack: ({ stackId }, region) =>
    `cloudformation/home?region=${region}#/stacks/events?stackId=${e(stackId)}`,
  bucket: ({ name, prefix }, region) =>
    `s3/buckets/${e(name)}?region=${region}${
      prefix ? `&prefix=${e(prefix)}` : ''
    }`,
  'mwaa-environment': ({ name }, region) =>
    `mwaa/home?region=${region}#environments/${e(name)}`,
  'emr-cluster': ({ id }, region) =>
    `emr/home?region=${region}#/clusterDetails/${e(id)}`,
  'emr-serverless-application': ({ id }, region) =>
    `emr/home?region=${region}#/serverless/${e(id)}`,
  'state-machine': ({ arn }, region) =>
    `states/home?region=${region}#/statemachines/view/${e(arn)}`,
  execution: ({ arn }, region) =>
    `states/home?region=${region}#/v2/executions/details/${e(arn)}`,
  'glue-job': ({ name }, region) =>
    `gluestudio/home?region=${region}#/editor/job/${e(name)}/runs`,
  'glue-job-run': ({ name, runId }, region) =>
    `gluestudio/home?region=${region}#/job/${e(name)}/run/${e(runId)}`,
  'glue-database': ({ name }, region) =>
    `glue/home?region=${region}#/v2/data-catalog/databases/view/${e(name)}`,
  'glue-table': ({ database, name }, region) =>
    `glue/home?region=${region}#/v2/data-catalog/tables/view/${e(
      name,
    )}?database=${e(database)}`,
  crawler: ({ name }, region) =>
    `glue/home?region=${region}#/v2/data-catalog/crawlers/view/${e(name)}`,
  lambda: ({ name }, region) =>
    `lambda/home?region=${region}#/functions/${e(name)}`,
  'log-group': ({ name }, region) =>
    `cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${e(
      e(name),
    ).replace(/%/g, '$')}`,
  parameter: ({ name }, region) =>
    `systems-manager/parameters/${e(name)}/description?region=${region}`,
  role: ({ name }, region) =>
    `iam/home?region=${region}#/roles/details/${e(name)}`,
} satisfies Paths;
