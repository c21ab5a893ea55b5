import * as z from 'zod';
import {
  environmentNamePattern,
  projectNamePattern,
  toEntityRef,
} from './names';

/** One environment of a project: its place and its own settings. @public */
export const ProjectEnvironment = z.object({
  name: z.string().regex(environmentNamePattern),
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
  mwaa: z.object({
    environment: z.string(),
    airflowVersion: z.string(),
    bucket: z.string(),
    dagPath: z.string().default('dags'),
    executionRole: z.string(),
    /** Of a new environment that makes no VPC of its own. */
    network: z
      .object({ securityGroup: z.string(), subnets: z.array(z.string()) })
      .optional(),
  }),
  /** Empty: the stack makes one. */
  dataBucket: z.string().default(''),
  /** Empty: the stack makes one. */
  codeBucket: z.string().default(''),
  /** Empty: no mail is sent. */
  alertEmail: z.string().default(''),
  /** Whether the data may be deleted with the stacks, if the caller requests it too. */
  removable: z.boolean().default(false),
  /** Hours without a good run until the observability stack alarms; absent: it never does. */
  freshnessHours: z.number().int().min(1).max(168).optional(),
});

/** @public */
export type ProjectEnvironment = z.infer<typeof ProjectEnvironment>;

/** A path below the project's root, with forward slashes; `..` and absolute paths are refused. */
const ProjectPath = z
  .string()
  .min(1)
  .refine(
    path =>
      !path.startsWith('/') &&
      !path.includes('\\') &&
      !path.split('/').includes('..'),
    'must be a path below the project, with forward slashes and without ..',
  );

/** Name of a table and a folder, as Glue, Spark and Python all accept it. */
const TableName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

/** A dataset of the lake: a folder in `jobs/lake/datasets` of the project. @public */
export const ProjectDataset = z.object({
  name: TableName,
  /** `sample:<number of rows>`, or `s3://bucket/prefix/` with its files. */
  source: z
    .string()
    .regex(
      /^(sample:[1-9]\d{0,8}|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S*)$/,
    ),
  /** Curated tables. */
  tables: z.array(TableName).min(1),
  /** Tables computed from the curated ones. */
  marts: z.array(TableName).default([]),
});

/** @public */
export type ProjectDataset = z.infer<typeof ProjectDataset>;

function isUnique(names: string[]): boolean {
  return new Set(names).size === names.length;
}

/**
 * `project.yaml`: the one small file that the CDK app, the DAG, the actions and the page all read.
 *
 * @public
 */
export const Project = z
  .object({
    name: z.string().regex(projectNamePattern),
    description: z.string().default(''),
    owner: z.string(),
    system: z.string().optional(),
    /** Entity ref, in lower case as the catalog compares it. */
    entity: z.string().toLowerCase(),
    compute: z.enum({ emr: 'emr', 'emr-serverless': 'emr-serverless' }),
    lakeFormation: z.boolean().default(false),
    schedule: z.string().nullable().default(null),
    tableFormat: z
      .enum({ parquet: 'parquet', iceberg: 'iceberg' })
      .default('parquet'),
    datasets: z
      .array(ProjectDataset)
      .min(1)
      .refine(
        datasets => isUnique(datasets.map(({ name }) => name)),
        'names a dataset twice',
      )
      .refine(
        datasets => isUnique(datasets.flatMap(d => [...d.tables, ...d.marts])),
        'names a table twice: tables and marts of all datasets are in one database',
      ),
    environments: z.array(ProjectEnvironment).min(1),
    /** In the order in which they are deployed. */
    stacks: z
      .array(
        z.object({
          name: z.string(),
          template: ProjectPath,
          /** Names of the environments that have it; absent: all. */
          environments: z.array(z.string()).optional(),
        }),
      )
      .min(1),
    /** The contents of a release in the code bucket. */
    release: z.object({
      /** Glob patterns of files uploaded as they are. */
      files: z.array(ProjectPath),
      /** Folders uploaded as `<folder>.zip`. */
      archives: z.array(ProjectPath),
    }),
    /** Folder of DAGs. */
    dags: ProjectPath.default('dags'),
  })
  .refine(({ name, entity }) => entity === toEntityRef(name), {
    path: ['entity'],
    error: ({ input }) =>
      `must be ${toEntityRef(
        (input as { name: string }).name,
      )}: whose a thing in AWS is, its name tells, which is made of the project's`,
  });

/** @public */
export type Project = z.infer<typeof Project>;

/** The stacks that an environment of the project has, in the order in which they are deployed. @public */
export function listStacks(
  project: Project,
  environment: string,
): Project['stacks'] {
  return project.stacks.filter(
    ({ environments }) => environments?.includes(environment) ?? true,
  );
}
