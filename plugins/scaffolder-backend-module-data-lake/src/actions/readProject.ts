import { posix } from 'node:path';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  listProjectStacks,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import { Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { projectInput } from './inputs';
import { examples } from './readProject.examples';
import { readWorkspaceProject, WorkspaceProject } from './readWorkspaceProject';

/** Creates `data-lake:project:read`, which reads from `project.yaml` what other steps need. */
export function createReadProjectAction() {
  return createTemplateAction({
    id: 'data-lake:project:read',
    description:
      'Reads project.yaml and returns everything that deploying one of its environments needs: stack name, parameters, tags, files to upload and their destinations.',
    supportsDryRun: true,
    examples,
    schema: { input: projectInput, output },
    async handler(ctx) {
      const { path = 'project.yaml', environment } = ctx.input;
      const { project } = await readWorkspaceProject(ctx.workspacePath, path);
      const outputs = toOutputs(project, environment, posix.dirname(path));
      for (const [name, value] of Object.entries(outputs)) {
        ctx.output(name as keyof typeof outputs, value);
      }
      const { stackName, account, region } = outputs;
      ctx.logger.info(`${path}: stack ${stackName} in ${account}/${region}`);
    },
  });
}

const text = (description: string) => (z: Z) =>
  z.string().describe(description);

const output = {
  project: text('Name of the project'),
  environment: text('Name of the environment'),
  entity: text('Entity ref of the project'),
  owner: text('Entity ref of its owner'),
  account: text('AWS account'),
  region: text('AWS region'),
  stackName: text('Name of the foundations stack'),
  templatePath: text('Template of the foundations stack in the workspace'),
  parameters: (z: Z) =>
    z
      .record(z.string())
      .describe('Parameters of the foundations stack, without ReleasePrefix'),
  tags: (z: Z) => z.record(z.string()).describe('Tags of all resources'),
  stacks: (z: Z) =>
    z
      .record(
        z.object({
          stackName: z.string(),
          templatePath: z.string(),
          parameters: z.record(z.string()),
        }),
      )
      .describe(
        'All stacks of the environment by name, such as foundations, in order',
      ),
  source: text('Folder of the project'),
  releaseFiles: (z: Z) =>
    z.array(z.string()).describe('Glob patterns of the files of a release'),
  releaseArchives: (z: Z) =>
    z.array(z.string()).describe('Folders that a release contains as zips'),
  mwaaEnvironment: text('MWAA environment'),
  airflowVersion: text('Airflow version of the MWAA environment'),
  mwaaBucket: text('Bucket of the DAGs'),
  dagFiles: (z: Z) =>
    z.array(z.string()).describe('Glob patterns of the DAG files'),
  dagFolder: text('Folder of the DAGs'),
  dagPrefix: text('Prefix of the DAGs in the MWAA bucket'),
  dagId: text('Id of the DAG'),
  dataBucket: text('Data bucket; empty: the stack creates one'),
  codeBucket: text('Code bucket; empty: the stack creates one'),
};

function toOutputs(
  project: WorkspaceProject['project'],
  environment: string | undefined,
  source: string,
) {
  const spec = toProjectDeploymentSpec(project, environment);
  const toPath = (file: string) => posix.join(source, file);
  const stacks = listProjectStacks(project, environment).map(
    ({ name, stackName, templatePath, parameters }) => [
      name,
      { stackName, templatePath: toPath(templatePath), parameters },
    ],
  );
  return {
    ...spec,
    source,
    templatePath: toPath(spec.templatePath),
    stacks: Object.fromEntries(stacks) as Record<
      string,
      {
        stackName: string;
        templatePath: string;
        parameters: Record<string, string>;
      }
    >,
  };
}
