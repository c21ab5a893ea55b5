import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  deleteEnvironment,
  deployProject,
  parseProject,
  ProjectDeploymentSpec,
  readProjectFiles,
  toConfirmation,
  toOwnerAuthority,
} from '@data-lake/plugin-data-lake-node';
import { readMwaaEnvironment } from '@data-lake/aws';
import { parseDocument } from 'yaml';
import { startRenderer } from '../cases/render';
import { clients, target } from './localAws';

/** A project rendered by the template, on the local AWS. */
export interface DataLake extends ProjectDeploymentSpec {
  outputs: Record<string, string>;
}

export interface Wanted {
  /** One of templates/mwaa-data-lake/cases. */
  case: string;
  name: string;
  /** Answers to the form that differ from the case's. */
  answers?: Record<string, unknown>;
}

/** Renders a case, deploys its stack with a release, and uploads its DAG, like the form's task. */
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
  await settle(folder);
}

/** Corrects the values of the MWAA environment, which a dry run invents because it makes no AWS calls. */
async function settle(folder: string): Promise<void> {
  const environment = 'local-airflow';
  const path = join(folder, 'project.yaml');
  const project = parseDocument(await readFile(path, 'utf8'));
  const { airflowVersion, bucket, dagPath, executionRole } =
    await readMwaaEnvironment({ clients, name: environment });
  project.setIn(['environments', 0, 'mwaa'], {
    environment,
    airflowVersion,
    bucket,
    dagPath,
    executionRole,
  });
  await writeFile(path, String(project));
}

async function deploy(folder: string): Promise<DataLake> {
  const text = await readFile(join(folder, 'project.yaml'), 'utf8');
  const files = await readProjectFiles({
    project: parseProject(text),
    source: folder,
  });
  const { stacks } = await deployProject({
    clients,
    files,
    ...authorityOf(files.deployment),
    identity: `runs ${process.pid}`,
    log: () => {},
  });
  return { ...files.deployment, outputs: stacks.foundations.outputs };
}

/** The bucket of the local Airflow has no owner. */
const authorityOf = ({
  owner,
  mwaaBucket,
}: Pick<DataLake, 'owner' | 'mwaaBucket'>) =>
  toOwnerAuthority({ clients, owner, sharedBuckets: [mwaaBucket] });

/** Deletes a data lake, including the content of its buckets. */
export async function removeDataLake(
  lake: DataLake,
  how: { log(line: string): void; signal: AbortSignal },
): Promise<void> {
  const environment = {
    name: lake.environment,
    ...target,
    stacks: [{ ...target, name: lake.stackName }],
  };
  await deleteEnvironment({
    clients,
    ...authorityOf(lake),
    environment,
    entityRef: lake.entity,
    confirm: toConfirmation(environment),
    emptyBuckets: true,
    ...how,
  });
}
