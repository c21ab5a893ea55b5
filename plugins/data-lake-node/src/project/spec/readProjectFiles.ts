import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import {
  parseTemplate,
  Template,
  TemplateRules,
  defaultTemplateRules,
} from '@data-lake/cloudformation';
import {
  assertNoLinks,
  collectFiles,
  UploadFile,
  toReleasePrefix,
} from '@data-lake/s3-sync';
import { ProjectDeployment, toDeployment } from './toProjectDeploymentSpec';
import { listProjectStacks, ProjectStack } from './listProjectStacks';

/** All that a deployment takes from a checkout of the project. @public */
export interface ProjectFiles {
  deployment: ProjectDeployment;
  stacks: (ProjectStack & { template: Template })[];
  release: { prefix: string; files: UploadFile[] };
  dags: { prefix: string; files: UploadFile[] };
}

/**
 * Reads templates, scripts and DAGs of a project, and checks them: what is wrong with them is known
 * before anything is changed. Nothing of the project is executed.
 *
 * @param options - `source` is the absolute path of the project's root
 * @throws InputError where a file is missing or refused
 * @public
 */
export async function readProjectFiles(options: {
  project: Project;
  /** Name of an environment; the first one where absent. */
  environment?: string;
  source: string;
  /** See {@link templateRules}; absent: the resource types of a data lake, and no macros. */
  rules?: TemplateRules;
}): Promise<ProjectFiles> {
  const { project, environment, source } = options;
  const deployment = toDeployment(project, environment);
  const stacks = await Promise.all(
    listProjectStacks(project, environment).map(async stack => ({
      ...stack,
      template: parseTemplate(
        await readText(source, stack.templatePath),
        options.rules ?? defaultTemplateRules,
      ),
    })),
  );
  const release = await collectFiles({
    source,
    files: deployment.releaseFiles,
    archives: deployment.releaseArchives,
  });
  const dags = await collectFiles({
    source,
    files: deployment.dagFiles,
    strip: deployment.dagFolder,
  });
  return {
    deployment,
    stacks,
    release: { prefix: toReleasePrefix(release), files: release },
    dags: { prefix: deployment.dagPrefix, files: dags },
  };
}

async function readText(source: string, path: string): Promise<string> {
  await assertNoLinks(source, path);
  try {
    return await readFile(join(source, path), 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new InputError(`The project has no file ${path}`);
  }
}
