import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  collectFiles,
  defaultAllowedResourceTypes,
  deployStack,
  parseProject,
  parseTemplate,
  ProjectDeployment,
  readMwaaEnvironment,
  toDeployment,
  toReleasePrefix,
  uploadFiles,
} from '@data-lake/plugin-data-lake-node';
import { parseDocument } from 'yaml';
import { startRenderer } from '../cases/render';
import { clients, target } from './localAws';

/** A project as the template makes it, on the local AWS. */
export interface DataLake extends ProjectDeployment {
  outputs: Record<string, string>;
}

export interface Wanted {
  /** One of templates/mwaa-data-lake/cases. */
  case: string;
  name: string;
  mwaaEnvironment?: string;
  /** Answers to the form that differ from the case's. */
  answers?: Record<string, unknown>;
}

/** Renders a case, deploys its stack with a release, and uploads its DAG: all that the form's task does. */
export async function makeDataLake(wanted: Wanted): Promise<DataLake> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lake-runs-'));
  try {
    await render(wanted, folder);
    return await deploy(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function render(wanted: Wanted, folder: string): Promise<void> {
  const renderer = await startRenderer();
  try {
    await renderer.render(wanted.case, folder, {
      name: wanted.name,
      system: wanted.name,
      ...target,
      ...wanted.answers,
    });
  } finally {
    await renderer.stop();
  }
  await settle(folder, wanted.mwaaEnvironment ?? 'local-airflow');
}

/** A dry run asks AWS nothing: what it made up of the MWAA environment is put right here. */
async function settle(folder: string, environment: string): Promise<void> {
  const path = join(folder, 'project.yaml');
  const project = parseDocument(await readFile(path, 'utf8'));
  const {
    status: _,
    webserverUrl: __,
    ...place
  } = await readMwaaEnvironment({
    clients,
    name: environment,
  });
  project.setIn(['environments', 0, 'mwaa'], { environment, ...place });
  await writeFile(path, String(project));
}

async function deploy(folder: string): Promise<DataLake> {
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  const lake = toDeployment(parseProject(await read('project.yaml')));
  const template = parseTemplate(await read(lake.templatePath), {
    allowedResourceTypes: defaultAllowedResourceTypes,
  });
  const log = () => {};
  const stack = (parameters: Record<string, string>, identity: string) =>
    deployStack({
      clients,
      log,
      request: {
        stackName: lake.stackName,
        template,
        parameters,
        tags: lake.tags,
        identity: `${identity} ${process.pid}`,
      },
    });
  const { outputs } = await stack(lake.parameters, 'foundations');
  const release = await collectFiles({
    source: folder,
    files: lake.releaseFiles,
    archives: lake.releaseArchives,
  });
  const ReleasePrefix = toReleasePrefix(release);
  await uploadFiles({
    clients,
    log,
    bucket: outputs.CodeBucketName,
    prefix: ReleasePrefix,
    files: release,
  });
  const released = await stack({ ReleasePrefix }, 'released');
  await uploadFiles({
    clients,
    log,
    bucket: lake.mwaaBucket,
    prefix: lake.dagPrefix,
    files: await collectFiles({
      source: folder,
      files: lake.dagFiles,
      strip: lake.dagFolder,
    }),
    delete: true,
  });
  return { ...lake, outputs: released.outputs };
}
