/** Two uploads to one prefix at once, over HTTP: one wins, the other says so and has broken nothing. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
} from '@aws-sdk/client-s3';
import { AwsClients } from '@data-lake/aws';
import { collectFiles, uploadFiles } from '@data-lake/s3-sync';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertUploaded, digestOf } from './kill/prefix';
import { clientsOf, localAwsUrl } from './localAws';

const clients = clientsOf(localAwsUrl());
const bucket = `two-${Date.now().toString(36)}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-two-'));
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Texts = Record<string, string>;

async function upload(by: AwsClients, prefix: string, texts: Texts) {
  const source = await mkdtemp(join(folder, 'files-'));
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(join(source, 'lib'), { recursive: true });
    await writeFile(join(source, path), text);
  }
  return uploadFiles({
    clients: by,
    bucket,
    prefix,
    files: () => collectFiles({ source, files: ['**'] }),
    delete: true,
    log: () => {},
  });
}

const digestsOf = (texts: Texts) =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [path, digestOf(text)]),
  );

/** Clients that wait before they put the object whose key ends like this. */
function waitingBefore(end: string, wait: () => Promise<unknown>): AwsClients {
  const slow = clientsOf(localAwsUrl());
  slow.s3.middlewareStack.add(
    (next, { commandName }) =>
      async args => {
        const { Key = '' } = args.input as { Key?: string };
        const isIt = commandName === 'PutObjectCommand' && Key.endsWith(end);
        if (isIt) await wait();
        return next(args);
      },
    { step: 'initialize' },
  );
  return slow;
}

/** Resolves when so many wait for it. */
function meeting(of: number): () => Promise<void> {
  let come = 0;
  let meet: () => void;
  const met = new Promise<void>(resolve => {
    meet = resolve;
  });
  return () => {
    come += 1;
    if (come === of) meet();
    return met;
  };
}

const before = { 'lib/old.py': 'old', 'dag.py': 'old' };
const ours = { 'lib/ours.py': 'ours', 'dag.py': 'ours' };
const theirs = { 'lib/theirs.py': 'theirs', 'dag.py': 'theirs' };

it('lets one of two uploads that start together win, and the other changes nothing', async () => {
  const prefix = 'together/';
  await upload(clients, prefix, before);
  // both have read the same manifest before either writes it
  const meet = meeting(2);
  const both = [ours, theirs].map(texts =>
    upload(waitingBefore('.s3-sync-manifest.json', meet), prefix, texts),
  );
  const ended = await Promise.allSettled(both);

  const lost = ended.filter(each => each.status === 'rejected');
  expect(lost).toEqual([
    expect.objectContaining({
      reason: expect.objectContaining({
        name: 'ConflictError',
        message: `Another upload to s3://${bucket}/${prefix} ran at the same time. Run this upload again`,
      }),
    }),
  ]);
  const won = ended[0].status === 'fulfilled' ? ours : theirs;
  await assertUploaded({ clients, bucket, prefix }, digestsOf(won));
});

it('stops an upload that counted as interrupted before it overwrites or deletes anything', async () => {
  const prefix = 'overtaken/';
  await upload(clients, prefix, before);
  const files = { ...before, 'dag.py': 'theirs' };
  // the first one has said what it will write, and is on its way to do so
  const overtake = jest.fn(() => upload(clients, prefix, files));
  await expect(
    upload(waitingBefore('lib/ours.py', overtake), prefix, ours),
  ).rejects.toThrow(/Another upload to .* is running, and has written dag.py/);
  expect(overtake).toHaveBeenCalledTimes(1);
  const dag = await clients.s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: `${prefix}dag.py` }),
  );
  expect(await dag.Body!.transformToString()).toBe('theirs');
  await clients.s3.send(
    new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}lib/old.py` }),
  );

  // what the loser wrote late is known as ours, and goes with the next upload
  await upload(clients, prefix, files);
  await assertUploaded({ clients, bucket, prefix }, digestsOf(files));
  await upload(clients, prefix, ours);
  await assertUploaded({ clients, bucket, prefix }, digestsOf(ours));
});
