import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { MwaaEnvironmentState, readMwaaEnvironment } from '@data-lake/aws';
import { auditStep } from '../auditStep';
import { targetInput, Z } from '../inputs';
import { AwsServices } from './awsServices';
import { examples } from './getMwaaEnvironment.examples';
import { StepContext } from './stepContext';

/** Creates `aws:mwaa:get-environment`, which reads an existing MWAA environment. */
export function createGetMwaaEnvironmentAction(services: AwsServices) {
  return createTemplateAction({
    id: 'aws:mwaa:get-environment',
    description:
      'Reads an existing MWAA environment: its bucket, DAG folder, execution role, subnets and Airflow version.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { name, airflowVersion } = ctx.input;
      const environment = ctx.isDryRun
        ? toDryEnvironment(name, airflowVersion)
        : await read(services, ctx);
      ctx.output('bucket', environment.bucket);
      ctx.output('dagPath', environment.dagPath);
      ctx.output('executionRole', environment.executionRole);
      ctx.output('airflowVersion', environment.airflowVersion);
      ctx.output('status', environment.status);
      ctx.output('webserverUrl', environment.webserverUrl);
      ctx.output('subnetIds', environment.subnetIds);
      ctx.logger.info(
        `MWAA environment ${name} (Airflow ${environment.airflowVersion}) is ${environment.status}; DAGs go to s3://${environment.bucket}/${environment.dagPath}/`,
      );
    },
  });
}

const input = {
  ...targetInput,
  name: (z: Z) => z.string().describe('Name of the MWAA environment'),
  airflowVersion: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Required Airflow version; default: any version'),
};

const output = {
  bucket: (z: Z) => z.string().describe('Bucket that it reads DAGs from'),
  dagPath: (z: Z) => z.string().describe('Folder of DAGs in the bucket'),
  executionRole: (z: Z) =>
    z.string().describe('Name of its execution role, not the ARN'),
  airflowVersion: (z: Z) => z.string().describe('Its Airflow version'),
  status: (z: Z) => z.string().describe('Its status, such as AVAILABLE'),
  webserverUrl: (z: Z) =>
    z.string().describe('URL of Airflow; empty until it is available'),
  subnetIds: (z: Z) =>
    z.array(z.string()).describe('Its private subnets, in two zones'),
};

interface GetInput {
  account: string;
  region: string;
  name: string;
  airflowVersion?: string;
}

async function read(
  { access, auditor, aws }: AwsServices,
  ctx: StepContext<GetInput>,
): Promise<MwaaEnvironmentState> {
  const { account, region, name, airflowVersion } = ctx.input;
  const meta = { account, region, environment: name };
  const event = { auditor, ctx, eventId: 'mwaa-environment-read', meta };
  return auditStep(event, async () => {
    const credentials = await ctx.getInitiatorCredentials();
    await access.assertMayUse(credentials, { account, region });
    const clients = aws.forTarget({ account, region });
    const { signal } = ctx;
    return readMwaaEnvironment({ clients, name, airflowVersion, signal });
  });
}

/** Describes a dry run, which does not call AWS. */
function toDryEnvironment(
  name: string,
  airflowVersion = '3.3.1',
): Pick<MwaaEnvironmentState, keyof typeof output> {
  return {
    // a bucket's name has no underscore and no capital
    bucket: `${name}-bucket`.toLowerCase().replaceAll('_', '-'),
    dagPath: 'dags',
    executionRole: `${name}-execution`,
    airflowVersion,
    status: 'AVAILABLE',
    webserverUrl: '',
    subnetIds: [],
  };
}
