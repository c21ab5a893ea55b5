import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  environmentAnnotationPrefix,
  Project,
  toPrefix,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import {
  addEnvironment,
  annotateEnvironment,
  authorizeEnvironment,
  EnvironmentAuthority,
  getOwner,
} from '@data-lake/plugin-data-lake-node';
import {
  auditStep,
  targetInput,
  Z,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import { examples } from './addEnvironment.examples';
import { assertAnswers } from './answers';
import { DataLakeServices } from './dataLakeServices';
import { bucketsInput, entityProjectInput } from './inputs';
import { NewEnvironmentInput, readNewEnvironment } from './readNewEnvironment';
import { readEntityProject } from './readEntityProject';
import { rewriteFile } from './rewriteFile';
import { StepContext } from './stepContext';

/** Creates `data-lake:project:add-environment`, which adds an environment to `project.yaml` and `catalog-info.yaml`. */
export function createAddEnvironmentAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:project:add-environment',
    description:
      'Adds an environment to the project in the workspace: to project.yaml and, as an annotation, to catalog-info.yaml. Keeps comments. Changes nothing in AWS.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { entityRef, environment } = ctx.input;
      assertAnswers(ctx.input, 'Nothing was changed');
      ctx.output('annotation', `${environmentAnnotationPrefix}${environment}`);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would add environment ${environment} to ${entityRef}`);
      }
      const added = ctx.isDryRun ? undefined : await add(services, ctx);
      ctx.output('stackName', added?.stackName ?? '');
      ctx.output('confirm', added?.confirm ?? '');
    },
  });
}

const input = {
  ...entityProjectInput,
  changePath: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Folder of the workspace for a copy of the changed files only; default change',
      ),
  ...targetInput,
  mwaaEnvironment: (z: Z) =>
    z.string().describe('Existing MWAA environment of the account and region'),
  ...bucketsInput,
  alertEmail: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Address that is told of runs that fail or are stopped, and of what keeps them from starting; default none',
      ),
  emrSubnet: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Subnet of the clusters, with EMR on EC2; default the first one of the MWAA environment',
      ),
};

const output = {
  annotation: (z: Z) => z.string().describe('Key of the new annotation'),
  stackName: (z: Z) =>
    z
      .string()
      .describe('Name of its foundations stack, which is not deployed yet'),
  confirm: (z: Z) => z.string().describe('<project>-<environment>'),
};

interface AddInput extends NewEnvironmentInput {
  entityRef: string;
  path?: string;
  changePath?: string;
}

async function add(services: DataLakeServices, ctx: StepContext<AddInput>) {
  const { entityRef, environment, account, region } = ctx.input;
  const { path = 'project', changePath = 'change' } = ctx.input;
  const { access, auditor, aws } = services;
  const { dataBucket = '', codeBucket = '' } = ctx.input;
  const meta = { entityRef, environment, account, region };
  const event = { auditor, ctx, eventId: 'environment-add', meta };
  return auditStep(event, async () => {
    const owner = await getEntityOwner(services, ctx);
    const { project, source } = await readEntityProject(
      ctx.workspacePath,
      path,
      entityRef,
    );
    const stackName = toStackName(project.name, environment, 'foundations');
    const { authorizeBucket } = await authorizeEnvironment(access, {
      credentials: await ctx.getInitiatorCredentials(),
      clients: aws.forTarget({ account, region }),
      owner,
      stackNames: [stackName],
      buckets: [dataBucket, codeBucket],
      signal: ctx.signal,
    });
    const work = { project, source, changePath, stackName, authorizeBucket };
    await write(services, ctx, work);
    return { stackName, confirm: toPrefix(project.name, environment) };
  });
}

async function getEntityOwner(
  { entities }: DataLakeServices,
  ctx: StepContext<AddInput>,
): Promise<string> {
  const credentials = await ctx.getInitiatorCredentials();
  return getOwner(
    await entities.readEntity(credentials, ctx.input.entityRef, 'deploy'),
  );
}

/** Writes the files once everything that the new environment needs is checked. */
async function write(
  services: DataLakeServices,
  ctx: StepContext<AddInput>,
  options: {
    project: Project;
    source: string;
    changePath: string;
    stackName: string;
    authorizeBucket: EnvironmentAuthority['authorizeBucket'];
  },
): Promise<void> {
  const { project, source, changePath, stackName } = options;
  const environment = await readNewEnvironment(services, ctx, {
    stackName,
    prefix: toPrefix(project.name, ctx.input.environment),
    compute: project.compute,
  });
  await options.authorizeBucket(environment.mwaa.bucket);
  const { workspacePath } = ctx;
  const folders = { source, workspacePath, changePath };
  await rewriteFile(folders, 'project.yaml', text =>
    addEnvironment(text, environment),
  );
  await rewriteFile(folders, 'catalog-info.yaml', text =>
    annotateEnvironment(text, project, environment),
  );
  ctx.logger.info(
    `Added environment ${environment.name} to project.yaml and catalog-info.yaml`,
  );
}
