import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { AwsClientFactory } from '@data-lake/aws';
import {
  MwaaPlace,
  readMwaaEnvironment,
} from '@data-lake/plugin-data-lake-node';
import { AuditorService } from '@backstage/backend-plugin-api';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { examples } from './getMwaaEnvironment.examples';
import { placeInput } from './inputs';

/** `aws:mwaa:get-environment`: what a project takes from an MWAA environment that is there already. */
export function createGetMwaaEnvironmentAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
}) {
  const { access, auditor, aws } = options;
  return createTemplateAction({
    id: 'aws:mwaa:get-environment',
    description:
      'Reads an existing MWAA environment: its bucket, DAG folder, execution role and Airflow version.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...placeInput,
        name: z => z.string().describe('Name of the MWAA environment'),
        airflowVersion: z =>
          z
            .string()
            .optional()
            .describe('The Airflow version it must run; any if absent'),
      },
      output: {
        bucket: z => z.string().describe('Bucket that it reads DAGs from'),
        dagPath: z => z.string().describe('Folder of DAGs in the bucket'),
        executionRole: z =>
          z.string().describe('Name of its execution role, not the ARN'),
        airflowVersion: z => z.string().describe('Its Airflow version'),
        status: z => z.string().describe('Its status, such as AVAILABLE'),
        webserverUrl: z =>
          z.string().describe('Address of Airflow; empty while there is none'),
      },
    },
    async handler(ctx) {
      const { account, region, name, airflowVersion } = ctx.input;
      const place = ctx.isDryRun
        ? dryPlace(name, airflowVersion)
        : await read();
      ctx.output('bucket', place.bucket);
      ctx.output('dagPath', place.dagPath);
      ctx.output('executionRole', place.executionRole);
      ctx.output('airflowVersion', place.airflowVersion);
      ctx.output('status', place.status);
      ctx.output('webserverUrl', place.webserverUrl);
      ctx.logger.info(
        `MWAA environment ${name} (Airflow ${place.airflowVersion}) is ${place.status}; DAGs go to s3://${place.bucket}/${place.dagPath}/`,
      );

      async function read() {
        const meta = { account, region, environment: name };
        const event = { auditor, ctx, eventId: 'mwaa-environment-read', meta };
        return audited(event, async () => {
          await access.assertMayUse(ctx, { account, region });
          return readMwaaEnvironment({
            clients: aws.forTarget({ account, region }),
            name,
            airflowVersion,
            signal: ctx.signal,
          });
        });
      }
    },
  });
}

/** A dry run asks AWS nothing. */
function dryPlace(name: string, airflowVersion = '3.3.1'): MwaaPlace {
  return {
    // A bucket's name has no underscore, and no capital.
    bucket: `${name}-bucket`.toLowerCase().replaceAll('_', '-'),
    dagPath: 'dags',
    executionRole: `${name}-execution`,
    airflowVersion,
    status: 'AVAILABLE',
    webserverUrl: '',
  };
}
