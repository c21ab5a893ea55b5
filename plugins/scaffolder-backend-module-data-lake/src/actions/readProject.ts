import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  listProjectStacks,
  ProjectDeployment,
  ProjectStack,
  toDeployment,
} from '@data-lake/plugin-data-lake-node';
import { posix } from 'node:path';
import { examples } from './readProject.examples';
import { projectInput, readWorkspaceProject } from './workspaceProject';

/** `data-lake:project:read`: what `project.yaml` means for the steps that deploy and upload. */
export function createReadProjectAction() {
  return createTemplateAction({
    id: 'data-lake:project:read',
    description:
      'Reads project.yaml and gives all that deploying one of its environments needs: stack name, parameters, tags, what to upload and where.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...projectInput,
      },
      output: {
        project: z => z.string().describe('Name of the project'),
        environment: z => z.string().describe('Name of the environment'),
        entity: z => z.string().describe('Entity ref of the project'),
        owner: z => z.string().describe('Entity ref of its owner'),
        account: z => z.string().describe('AWS account'),
        region: z => z.string().describe('AWS region'),
        stackName: z => z.string().describe('Name of the foundations stack'),
        templatePath: z => z.string().describe('Its template in the workspace'),
        parameters: z =>
          z
            .record(z.string())
            .describe('Its parameters, without ReleasePrefix'),
        tags: z => z.record(z.string()).describe('Tags of all its resources'),
        stacks: z =>
          z
            .record(
              z.object({
                stackName: z.string(),
                templatePath: z.string(),
                parameters: z.record(z.string()),
              }),
            )
            .describe(
              'All stacks of the environment by name, such as foundations, in their order',
            ),
        source: z => z.string().describe('Folder of the project'),
        releaseFiles: z =>
          z.array(z.string()).describe('Patterns of files of a release'),
        releaseArchives: z =>
          z.array(z.string()).describe('Folders that a release has as zips'),
        mwaaEnvironment: z => z.string().describe('MWAA environment'),
        airflowVersion: z => z.string().describe('Its Airflow version'),
        mwaaBucket: z => z.string().describe('Bucket of the DAGs'),
        dagFiles: z => z.array(z.string()).describe('Patterns of DAG files'),
        dagFolder: z => z.string().describe('Folder of the DAGs'),
        dagPrefix: z => z.string().describe('Prefix in the MWAA bucket'),
        dagId: z => z.string().describe('Id of the DAG'),
        dataBucket: z => z.string().describe('Data bucket; empty: made'),
        codeBucket: z => z.string().describe('Code bucket; empty: made'),
      },
    },
    async handler(ctx) {
      const path = ctx.input.path ?? 'project.yaml';
      const { project } = await readWorkspaceProject(ctx.workspacePath, path);
      const deployment = toDeployment(project, ctx.input.environment);
      const source = posix.dirname(path);
      const inWorkspace = (file: string) => posix.join(source, file);
      const stacks = listProjectStacks(project, ctx.input.environment).map(
        ({ name, stackName, templatePath, parameters }) => [
          name,
          { stackName, templatePath: inWorkspace(templatePath), parameters },
        ],
      );
      const outputs: ProjectDeployment & {
        source: string;
        stacks: Record<string, StackInWorkspace>;
      } = {
        ...deployment,
        source,
        templatePath: inWorkspace(deployment.templatePath),
        stacks: Object.fromEntries(stacks),
      };
      for (const [name, value] of Object.entries(outputs)) {
        ctx.output(name as keyof typeof outputs, value);
      }
      ctx.logger.info(
        `${path}: stack ${deployment.stackName} in ${deployment.account}/${deployment.region}`,
      );
    },
  });
}

type StackInWorkspace = Pick<
  ProjectStack,
  'stackName' | 'templatePath' | 'parameters'
>;
