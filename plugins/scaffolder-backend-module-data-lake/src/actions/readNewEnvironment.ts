import { InputError } from '@backstage/errors';
import { readMwaaEnvironment } from '@data-lake/aws';
import {
  Project,
  ProjectEnvironment,
} from '@data-lake/plugin-data-lake-common';
import {
  findTakenStack,
  listBucketProblems,
  listKeptProblems,
} from '@data-lake/plugin-data-lake-node';
import { DataLakeServices } from './dataLakeServices';
import { findCollision } from './findCollision';
import { findFullRole } from './findFullRole';
import { StepContext } from './stepContext';

/** Values that describe a new environment. */
export interface NewEnvironmentInput {
  entityRef: string;
  environment: string;
  account: string;
  region: string;
  mwaaEnvironment: string;
  dataBucket?: string;
  codeBucket?: string;
  alertEmail?: string;
  emrSubnet?: string;
}

/**
 * Reads what a new environment of `project.yaml` needs to know of AWS, and checks what is there.
 *
 * @throws InputError that lists everything that is in the way
 */
export async function readNewEnvironment(
  services: Pick<DataLakeServices, 'access' | 'auth' | 'aws' | 'catalog'>,
  ctx: Pick<StepContext<NewEnvironmentInput>, 'input' | 'logger' | 'signal'>,
  names: {
    stackName: string;
    prefix: string;
    compute: Project['compute'];
  },
): Promise<ProjectEnvironment> {
  const { input, signal } = ctx;
  const { account, region, mwaaEnvironment, entityRef: entity } = input;
  const { dataBucket = '', codeBucket = '', alertEmail = '' } = input;
  const { emrSubnet = '' } = input;
  const { stackName, prefix, compute } = names;
  const clients = services.aws.forTarget({ account, region });
  const about = { clients, signal };
  const [mwaa, taken, collision, ...problems] = await Promise.all([
    readMwaaEnvironment({ ...about, name: mwaaEnvironment }),
    findTakenStack({ ...about, stackName, entity }),
    findCollision(services, { ...about, prefix, entityRef: entity }),
    listBucketProblems({ ...about, buckets: [dataBucket, codeBucket] }),
    listKeptProblems({ ...about, prefix, entity }),
  ]);
  const role = mwaa.executionRole;
  const full = await findFullRole(ctx, { clients, role, prefix });
  const obstacles = [taken, collision, full, ...problems.flat()].filter(
    Boolean,
  );
  if (obstacles.length > 0) {
    throw new InputError(`Nothing was changed. ${obstacles.join('. ')}`);
  }
  return ProjectEnvironment.parse({
    name: input.environment,
    account,
    region,
    mwaa: {
      environment: mwaaEnvironment,
      airflowVersion: mwaa.airflowVersion,
      bucket: mwaa.bucket,
      dagPath: mwaa.dagPath,
      executionRole: mwaa.executionRole,
    },
    dataBucket,
    codeBucket,
    alertEmail,
    ...(compute === 'emr' && toCluster(emrSubnet || mwaa.subnetIds[0])),
  });
}

/** Clusters are where Airflow is, unless another subnet is given: an account need not have a default VPC. */
const toCluster = (subnetId: string | undefined) =>
  subnetId ? { emr: { subnetId } } : {};
