import * as z from 'zod';
import { FieldName, fieldRules } from './fieldRules';
import { DocumentRule, DocumentSchema, findBrokenRules } from './listProblems';

/** A text of a field, whose rule and words the JSON schema has too; the description is for editors. */
function text(field: FieldName, description: string) {
  const { pattern, words } = fieldRules[field];
  return z
    .string()
    .regex(pattern, words)
    .meta({ errorMessage: words, description });
}

/** One environment of a project: its place and its own settings. @public */
export const ProjectEnvironment = z.strictObject({
  name: text('environmentName', 'Second part of every name in AWS'),
  account: text('account', 'AWS account, in quotes'),
  region: text('region', 'AWS region'),
  mwaa: z
    .strictObject({
      environment: text(
        'mwaaEnvironment',
        'MWAA environment that runs the DAG',
      ),
      airflowVersion: text('airflowVersion', 'Airflow version of it'),
      bucket: text('bucket', 'Bucket from which it reads its DAGs'),
      dagPath: text('dagPath', 'Folder of the DAGs in that bucket').default(
        'dags',
      ),
      executionRole: text('roleName', 'Name of its execution role'),
      network: z
        .strictObject({
          securityGroup: text(
            'securityGroup',
            'Allows all traffic from itself, and to AWS',
          ),
          subnets: z
            .array(text('subnet', 'A private subnet'))
            .min(2)
            .max(2)
            .meta({ description: 'Two private subnets, in two zones' }),
        })
        .optional()
        .meta({
          description:
            'Network of a new MWAA environment; absent: its stack makes a VPC',
        }),
    })
    .meta({ description: 'Where Airflow runs' }),
  dataBucket: text(
    'optionalBucket',
    'Existing bucket for data; empty: the stack makes one',
  ).default(''),
  codeBucket: text(
    'optionalBucket',
    'Existing bucket for releases; empty: the stack makes one',
  ).default(''),
  alertEmail: text(
    'optionalEmail',
    'Address that is told of failed runs; empty: none',
  ).default(''),
  emr: z
    .strictObject({
      releaseLabel: text('releaseLabel', 'Release of EMR').optional(),
      instanceType: text(
        'instanceType',
        'Instances of the cluster of a run',
      ).optional(),
      coreInstances: z
        .number()
        .int()
        .min(1)
        .max(500)
        .optional()
        .meta({ description: 'Workers of the cluster of a run' }),
      subnetId: text(
        'subnet',
        'Subnet of the cluster of a run; absent: one of the default VPC',
      ).optional(),
    })
    .optional()
    .meta({ description: 'The cluster of a run, with compute emr' }),
  removable: z.boolean().default(false).meta({
    description:
      'Whether the data may be deleted with the stacks, if the caller requests it too',
  }),
  freshnessHours: z.number().int().min(1).max(168).optional().meta({
    description:
      'Hours without a good run until the observability stack alarms; absent: it never does',
  }),
});

/** @public */
export type ProjectEnvironment = z.infer<typeof ProjectEnvironment>;

/** A dataset of the lake: a folder in `jobs/lake/datasets` of the project. @public */
export const ProjectDataset = z.strictObject({
  name: text('table', 'Its folder in jobs/lake/datasets, and in raw/'),
  source: text(
    'source',
    'sample:<number of rows>, or s3://bucket/prefix/ with its files',
  ),
  tables: z
    .array(text('table', 'A curated table'))
    .min(1)
    .meta({ description: 'Its curated tables' }),
  marts: z
    .array(text('table', 'A mart'))
    .default([])
    .meta({ description: 'Its tables that are computed from curated ones' }),
});

/** @public */
export type ProjectDataset = z.infer<typeof ProjectDataset>;

const rules: DocumentRule[] = [
  {
    unique: ['datasets.*.name'],
    errorMessage: 'datasets: names a dataset twice',
  },
  {
    unique: ['datasets.*.tables.*', 'datasets.*.marts.*'],
    errorMessage:
      'datasets: names a table twice: tables and marts of all datasets are in one database',
  },
  {
    unique: ['environments.*.name'],
    errorMessage: 'environments: names an environment twice',
  },
  {
    unique: ['stacks.*.name'],
    errorMessage: 'stacks: names a stack twice',
  },
  {
    every: 'stacks.*.environments.*',
    among: 'environments.*.name',
    errorMessage: 'stacks: names an environment that is not in environments',
  },
  {
    equal: 'entity',
    to: 'component:default/{name}',
    errorMessage:
      'entity: must be component:default/{name}: whose a thing in AWS is, its name tells, which is made of the project’s',
  },
];

/**
 * `project.yaml`: the one small file that the CDK app, the DAG, the actions and the page all read.
 *
 * @public
 */
export const Project = z
  .strictObject({
    name: text('projectName', 'First part of every name in AWS'),
    description: text('description', 'One line for the catalog').default(''),
    owner: text('entityRef', 'Group or user of the catalog'),
    system: text('systemRef', 'System of the catalog').optional(),
    entity: text('entityRef', 'Component of the catalog').toLowerCase(),
    compute: z
      .enum({ emr: 'emr', 'emr-serverless': 'emr-serverless' })
      .meta({ description: 'Where the Spark steps run' }),
    lakeFormation: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the account uses Lake Formation' }),
    schedule: text('schedule', 'When runs start, in UTC; null: by hand')
      .nullable()
      .default(null),
    tableFormat: z
      .enum({ parquet: 'parquet', iceberg: 'iceberg' })
      .default('parquet')
      .meta({ description: 'Format of curated tables and marts' }),
    datasets: z
      .array(ProjectDataset)
      .min(1)
      .meta({ description: 'The datasets of the lake' }),
    environments: z
      .array(ProjectEnvironment)
      .min(1)
      .meta({ description: 'Where the project is deployed' }),
    stacks: z
      .array(
        z.strictObject({
          name: text('stackName', 'Last part of its name'),
          template: text('path', 'Its template'),
          environments: z.array(z.string()).optional().meta({
            description: 'Environments that have it; absent: all',
          }),
        }),
      )
      .min(1)
      .meta({ description: 'In the order in which they are deployed' }),
    release: z
      .strictObject({
        files: z
          .array(text('path', 'A pattern, with * for any name'))
          .meta({ description: 'Files, uploaded as they are' }),
        archives: z
          .array(text('path', 'A folder'))
          .meta({ description: 'Folders, uploaded as <folder>.zip' }),
      })
      .meta({ description: 'The contents of a release in the code bucket' }),
    dags: text('path', 'Folder of the DAGs').default('dags'),
  })
  .superRefine((project, ctx) => {
    for (const line of findBrokenRules(project, rules)) {
      const [, path, message] = /^(\w+): (.*)$/u.exec(line)!;
      ctx.addIssue({ code: 'custom', path: [path], message });
    }
  })
  .meta({
    title: 'project.yaml of a data lake',
    'x-rules': rules,
  });

/** @public */
export type Project = z.infer<typeof Project>;

/**
 * The JSON schema of `project.yaml`, which a generated project has as `dags/mwaalib/project.schema.json`: editors, its
 * DAG and its CDK app read it.
 *
 * @public
 */
export const projectSchema = /* #__PURE__ */ z.toJSONSchema(Project, {
  io: 'input',
}) as DocumentSchema;

/** The stacks that an environment of the project has, in the order in which they are deployed. @public */
export function listStacks(
  project: Project,
  environment: string,
): Project['stacks'] {
  return project.stacks.filter(
    ({ environments }) => environments?.includes(environment) ?? true,
  );
}
