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
import { listProjectStacks, ProjectStack } from './listProjectStacks';
import { assertOwnMwaa } from './ownMwaa';
import {
  ProjectDeploymentSpec,
  toProjectDeploymentSpec,
} from './toProjectDeploymentSpec';
import { toStackRules } from './toStackRules';

/** Everything that a deployment takes from a project's files. @public */
export interface ProjectFiles {
  deployment: ProjectDeploymentSpec;
  /** In the order of their deployment. */
  stacks: (ProjectStack & { template: Template })[];
  release: { prefix: string; files: UploadFile[] };
  dags: { prefix: string; files: UploadFile[] };
}

/**
 * Reads and checks the templates, scripts and DAGs of a project, in a scaffolder's workspace as well as in
 * a checkout, so that faults in them are found before anything is changed. Executes nothing of the project.
 *
 * @param options - `environment`: optional, default the first one; `source`: absolute path of the project's
 * root; `rules`: optional, default the resource types of a data lake and no macros
 * @throws InputError if a file is missing or refused, or `project.yaml` names an MWAA environment of others for
 * its own
 * @public
 */
export async function readProjectFiles(options: {
  project: Project;
  environment?: string;
  source: string;
  rules?: TemplateRules;
}): Promise<ProjectFiles> {
  const {
    project,
    environment,
    source,
    rules = defaultTemplateRules,
  } = options;
  const deployment = toProjectDeploymentSpec(project, environment);
  const named = listProjectStacks(project, environment);
  assertOwnMwaa(deployment, named);
  const stackRules = toStackRules(rules, deployment, named);
  const stacks = await Promise.all(
    named.map(async stack => {
      const text = await readText(source, stack.templatePath);
      return { ...stack, template: parseTemplate(text, stackRules) };
    }),
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
