/**
 * Makes each API that the engine calls fail in turn, with microburst in front of the local AWS: throttling, an internal
 * error, a slow response, a connection cut before AWS gets the request or after AWS has acted. A short fault makes no
 * difference. A lasting fault causes a clear error, and the next try ends as if there had been none.
 *
 * S3's responses to DELETE are empty, so losing one only gives an empty response.
 */
import { spawn, ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findStack } from '@data-lake/cloudformation';
import { findFreePort } from './freePort';
import { works } from './kill/works';
import { clientsOf, localAwsUrl } from './localAws';

const upstream = localAwsUrl();
const direct = clientsOf(upstream);
const unique = `faults-${Date.now().toString(36)}`;
let proxy: ChildProcess;
let url: string;

beforeAll(async () => {
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  const args = ['-m', 'local_aws', 'faults'];
  args.push('--port', String(port), '--upstream', upstream);
  proxy = spawn('python3', args, {
    stdio: 'ignore',
    env: {
      ...process.env,
      PYTHONPATH: join(__dirname, '../../packages/local-aws'),
    },
  });
  for (let tries = 0; ; tries++) {
    const health = await fetch(`${url}/_microburst/health`).catch(() => null);
    if (health?.ok) break;
    if (tries > 300 || proxy.exitCode !== null) {
      throw new Error('microburst does not start: see local_aws faults');
    }
    await sleep(200);
  }
  // its first request loads the models of all services
  await findStack(clientsOf(url), unique);
}, 180_000);
afterAll(() => {
  proxy.kill();
});

const throttling = {
  cloudformation: { code: 'Throttling' },
  s3: { code: 'SlowDown', status: 503 },
  ssm: { code: 'ThrottlingException' },
};
/** microburst 0.10 takes calls of a multipart upload for others of the same method. */
const looksLike: Record<string, object> = {
  CreateMultipartUpload: { headers: { 'x-amz-checksum-algorithm': '' } },
  UploadPart: {
    operation: 'PutObject',
    headers: { 'content-type': 'application/octet-stream' },
  },
  CompleteMultipartUpload: {
    operation: 'CreateMultipartUpload',
    body: 'CompleteMultipartUpload',
  },
};

const ruleOf = ([service, operation]: Api) => ({
  service,
  operation,
  ...looksLike[operation],
});

/** The permission that a call needs, of those that are denied here. */
const permissions: Record<string, string> = {
  CreateChangeSet: 'cloudformation:CreateChangeSet',
  ExecuteChangeSet: 'cloudformation:ExecuteChangeSet',
  PutObject: 's3:PutObject',
  UploadPart: 's3:PutObject',
  DeleteObjects: 's3:DeleteObject',
  DeleteStack: 'cloudformation:DeleteStack',
};

type Api = [service: keyof typeof throttling, operation: string];

/** The operations under test, and the APIs that each calls. */
const suites: { name: keyof typeof works; slug: string; apis: Api[] }[] = [
  {
    name: 'update a stack by a long template',
    slug: 'stack',
    apis: [
      ['cloudformation', 'DescribeStacks'],
      ['cloudformation', 'CreateChangeSet'],
      ['cloudformation', 'DescribeChangeSet'],
      ['cloudformation', 'ExecuteChangeSet'],
      ['cloudformation', 'DescribeStackEvents'],
      ['cloudformation', 'GetTemplate'],
      ['s3', 'HeadBucket'],
      ['s3', 'PutObject'],
      ['s3', 'DeleteObject'],
    ],
  },
  {
    name: 'upload a folder over what was there',
    slug: 'upload',
    apis: [
      ['s3', 'GetObject'],
      ['s3', 'ListObjectsV2'],
      ['s3', 'PutObject'],
      ['s3', 'CreateMultipartUpload'],
      ['s3', 'UploadPart'],
      ['s3', 'CompleteMultipartUpload'],
      ['s3', 'DeleteObjects'],
    ],
  },
  {
    name: 'preview a new stack',
    slug: 'preview',
    apis: [
      ['cloudformation', 'CreateChangeSet'],
      ['cloudformation', 'DeleteChangeSet'],
      ['cloudformation', 'ListChangeSets'],
      ['cloudformation', 'DeleteStack'],
    ],
  },
  {
    name: 'replace a stack whose first create failed',
    slug: 'dead',
    apis: [
      ['cloudformation', 'DeleteStack'],
      ['cloudformation', 'CreateChangeSet'],
    ],
  },
  {
    name: 'delete a stack with a full bucket',
    slug: 'delete',
    apis: [
      ['cloudformation', 'ListStackResources'],
      ['cloudformation', 'DeleteStack'],
      ['s3', 'GetBucketTagging'],
      ['s3', 'ListObjectVersions'],
      ['s3', 'DeleteObjects'],
    ],
  },
  {
    name: 'roll a release back',
    slug: 'rollback',
    apis: [
      ['ssm', 'GetParameterHistory'],
      ['cloudformation', 'CreateChangeSet'],
      ['cloudformation', 'ExecuteChangeSet'],
    ],
  },
];

describe.each(suites)('$name', ({ name, slug, apis }) => {
  const work = works[name];
  const changing = apis.filter(([, operation]) =>
    /^(Create|Execute|Put|Upload|Complete|Delete)/.test(operation),
  );

  const prepare = async (id: string) => {
    const options = {
      clients: clientsOf(url),
      unique: `${unique}-${slug}-${id.toLowerCase()}`,
    };
    await setRules([]);
    await work.prepare?.(options);
    return options;
  };

  /** Runs the operation with these faults in turn. @returns how many of them occurred */
  async function workWith(id: string, rules: object[]): Promise<number> {
    const options = await prepare(id);
    await setRules(rules);
    const result = await work.run(options);
    const fired = await countFired();
    await setRules([]);
    await work.verify({ ...options, clients: direct, result });
    return fired;
  }

  it.each(apis)(
    'ends the same if %s %s is throttled, fails, is cut and is slow, one after the other',
    async (service, operation) => {
      const on = { ...ruleOf([service, operation]), times: 1 };
      const fired = await workWith(operation, [
        { ...on, error: throttling[service] },
        { ...on, error: { code: 'InternalFailure', status: 500 } },
        { ...on, reset: true },
        { ...on, latency: 300 },
      ]);
      expect(fired).toBe(4);
    },
  );

  it.each(changing)(
    'ends the same if the response of %s %s is lost',
    async (service, operation) => {
      const lost = { times: 1, response: { abort_bytes: 0 } };
      const fired = await workWith(`lost-${operation}`, [
        { ...ruleOf([service, operation]), ...lost },
      ]);
      expect(fired).toBe(1);
    },
  );

  it.each(changing.filter(([, operation]) => operation in permissions))(
    'names the missing permission if %s %s is denied, and the next try completes the work',
    async (service, operation) => {
      const options = await prepare(`denied-${operation}`);
      await setRules([
        {
          ...ruleOf([service, operation]),
          error: { code: 'AccessDenied', status: 403, message: 'no' },
        },
      ]);
      const says: unknown = await work.run(options).then(
        // a preview whose clean-up is denied answers all the same, and says what is left
        (result: any) => result?.left,
        (error: Error) => error.message,
      );
      expect(says).toContain(`the credentials need ${permissions[operation]}`);
      await setRules([]);
      const result = await work.run(options);
      await work.verify({ ...options, clients: direct, result });
    },
  );
});

async function setRules(rules: object[]): Promise<void> {
  await fetch(`${url}/_microburst/fired`, { method: 'DELETE' });
  const answer = await fetch(`${url}/_microburst/rules`, {
    method: 'POST',
    body: JSON.stringify(rules),
  });
  expect(answer.status).toBe(200);
}

async function countFired(): Promise<number> {
  const answer = await fetch(`${url}/_microburst/fired`);
  return (await answer.json()).length;
}
