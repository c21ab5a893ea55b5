/** Every interruption and interleaving, against a bucket in memory; tests/integration has the real calls. */
import fc from 'fast-check';
import { sha256 } from '@data-lake/aws';
import { toUploadFile, UploadFile } from '../files/uploadFile';
import { assertKeyName } from '../manifest/keyName';
import { previewUpload } from '../plan/previewUpload';
import { Around, MemoryBucket, memoryClients } from '../__testUtils__/memoryS3';
import { uploadFiles } from './uploadFiles';

type Folder = Record<string, string>;

const prefix = 'dags/a/';
const foreign = { 'other/x': 'x', 'dags/ab': 'y', [`${prefix}foreign`]: 'z' };

function toFiles(folder: Folder): UploadFile[] {
  return Object.entries(folder).map(([path, text]) => ({
    path,
    sha256: sha256(text),
    size: Buffer.byteLength(text),
    content: { bytes: Buffer.from(text) },
  }));
}

function upload(bucket: MemoryBucket, folder: Folder, around?: Around) {
  return uploadFiles({
    clients: memoryClients(bucket, around),
    bucket: 'b',
    prefix,
    files: toFiles(folder),
    delete: true,
    maxDeleted: 100,
    log: () => undefined,
  });
}

/** Uploads, and counts how often it says that it has started. */
async function countStarts(bucket: MemoryBucket, around?: Around) {
  const onStart = jest.fn();
  await uploadFiles({
    clients: memoryClients(bucket, around),
    bucket: 'b',
    prefix,
    files: toFiles({ a: 'one' }),
    log: () => undefined,
    onStart,
  }).catch(() => undefined);
  return onStart.mock.calls.length;
}

function isKeyName(path: string): boolean {
  try {
    assertKeyName(path, prefix);
    return true;
  } catch {
    return false;
  }
}

function newBucket(): MemoryBucket {
  const bucket = new MemoryBucket();
  for (const [key, text] of Object.entries(foreign)) {
    bucket.objects.set(key, Buffer.from(text));
  }
  return bucket;
}

const folders = fc.dictionary(
  fc
    .array(fc.constantFrom('a', 'A', 'lib', '\u00e9', 'e\u0301', '#'), {
      minLength: 1,
      maxLength: 3,
    })
    .map(parts => parts.join('/')),
  fc.constantFrom('', 'one', 'two'),
  { maxKeys: 5 },
);

/** What is in the bucket, and what another upload of the same folder does. */
async function told(bucket: MemoryBucket, folder: Folder) {
  const calls = new Set<string>();
  const again = await upload(bucket, folder, (_, name) => calls.add(name));
  return {
    files: bucket.files(prefix),
    other: bucket.objects.get('other/x')!.toString(),
    parts: bucket.uploads.size,
    again: again.uploaded + again.deleted,
    calls: [...calls].sort(),
  };
}

/** As if only this folder had ever been uploaded. */
const exactly = (folder: Folder) => ({
  files: { ...folder, foreign: 'z' },
  other: 'x',
  parts: 0,
  again: 0,
  calls: ['GetObject', 'ListObjectsV2'],
});

/** Like a process that is killed at its n-th step: nothing of it happens any more. */
function killedAt(step: number): Around {
  let steps = 0;
  return () => {
    steps += 1;
    if (steps >= step) throw new Error('killed');
  };
}

describe('uploadFiles', () => {
  it('ends in the same state however often and wherever it was interrupted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(folders, fc.nat({ max: 30 })), { maxLength: 3 }),
        folders,
        async (attempts, last) => {
          const bucket = newBucket();
          for (const [folder, step] of attempts) {
            await upload(bucket, folder, killedAt(step)).catch(() => undefined);
          }
          await upload(bucket, last);
          expect(await told(bucket, last)).toEqual(exactly(last));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves nothing to do, and keeps every name that S3 can list', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter(path => !path.endsWith('.json') && isKeyName(path));
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, fc.string(), { maxKeys: 5 }),
        async folder => {
          const bucket = newBucket();
          await upload(bucket, folder);
          const { foreign: _, ...files } = bucket.files(prefix);
          expect(files).toEqual({ ...folder });
          const preview = await previewUpload({
            clients: memoryClients(bucket),
            ...{ bucket: 'b', prefix, files: toFiles(folder), delete: true },
            log: () => undefined,
          });
          expect(preview).toMatchObject({
            uploads: [],
            deletes: [],
            unchanged: Object.keys(folder).length,
          });
        },
      ),
    );
  });

  it('repairs what somebody else has overwritten or deleted', async () => {
    const bucket = newBucket();
    const folder = { 'lib/a': 'a', b: 'b', c: 'c' };
    await upload(bucket, folder);
    bucket.objects.set(`${prefix}b`, Buffer.from('!'));
    bucket.objects.delete(`${prefix}lib/a`);
    expect(await upload(bucket, folder)).toMatchObject({ uploaded: 2 });
    expect(await told(bucket, folder)).toEqual(exactly(folder));
  });

  it('lets one of two that begin together win, in any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        folders,
        folders.filter(folder => Object.keys(folder).length > 0),
        async (scheduler, first, second) => {
          const bucket = newBucket();
          await upload(bucket, first);
          const third = { ...second, third: 'yes' };
          const fourth = { ...second, fourth: 'yes' };
          const states = [third, fourth].map(async folder => {
            const around: Around = when =>
              when === 'before' && scheduler.schedule(Promise.resolve());
            await upload(bucket, folder, around);
            return folder;
          });
          const ended = await scheduler.waitFor(Promise.allSettled(states));

          const won = ended.filter(({ status }) => status === 'fulfilled');
          const lost = ended
            .map(result => result.status === 'rejected' && result.reason)
            .filter(Boolean)
            .filter(
              ({ message }) => !message.includes('Run this upload again'),
            );
          // one after the other, both may be told that it is done
          expect(won.length).toBeGreaterThan(0);
          expect(lost).toEqual([]);
          await upload(bucket, third);
          expect(await told(bucket, third)).toEqual(exactly(third));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('touches nothing where it has lost before it began', async () => {
    const bucket = newBucket();
    let raced = false;
    const around: Around = async (when, name) => {
      if (raced || when !== 'after' || name !== 'ListObjectsV2') return;
      raced = true;
      await upload(bucket, { dag: 'theirs' });
    };
    await expect(upload(bucket, { dag: 'ours' }, around)).rejects.toThrow(
      /Another upload to s3:\/\/b\/dags\/a\/ ran at the same time/,
    );
    expect(await told(bucket, { dag: 'theirs' })).toEqual(
      exactly({ dag: 'theirs' }),
    );
  });

  it('does not delete any more once another has taken over', async () => {
    const bucket = newBucket();
    await upload(bucket, { old: 'old' });
    const around: Around = async (when, name) => {
      if (when !== 'after' || name !== 'PutObject') return;
      if (bucket.objects.has(`${prefix}new`)) return;
      // the second request of ours, the first file, is on its way
      await upload(bucket, { old: 'old', theirs: 'theirs' });
    };
    await expect(upload(bucket, { new: 'new' }, around)).rejects.toThrow(
      /Run this upload again/,
    );
    expect(bucket.files(prefix)).toMatchObject({ old: 'old' });
  });

  it('does not let one that was taken for dead write over what the later one wrote', async () => {
    const bucket = newBucket();
    await upload(bucket, { a: 'first', b: 'first' });
    let later = () => {};
    const ended = new Promise<void>(resolve => {
      later = resolve;
    });
    let puts = 0;
    let slow: Promise<unknown> = Promise.resolve();
    await new Promise<void>(begun => {
      const around: Around = async (when, name) => {
        // the manifest goes first; the files are on their way until the later one has ended
        if (when !== 'before' || name !== 'PutObject' || ++puts === 1) return;
        begun();
        await ended;
      };
      slow = upload(bucket, { a: 'slow', b: 'slow' }, around);
    });
    await upload(bucket, { a: 'later', b: 'later' });
    later();
    await expect(slow).rejects.toThrow(/Another upload to .* is running/);
    expect(bucket.files(prefix)).toMatchObject({ a: 'later', b: 'later' });
  });

  it('deletes nothing that somebody has written since it was listed', async () => {
    const bucket = newBucket();
    await upload(bucket, { a: 'a', old: 'old' });
    const around: Around = (when, name) => {
      if (when !== 'before' || name !== 'DeleteObjects') return;
      bucket.put(`${prefix}old`, Buffer.from('theirs'));
    };
    await expect(upload(bucket, { a: 'a' }, around)).rejects.toThrow(
      /s3:\/\/b\/dags\/a\/old was overwritten meanwhile/,
    );
    expect(bucket.files(prefix)).toMatchObject({ old: 'theirs' });
    await upload(bucket, { a: 'a' });
    expect(await told(bucket, { a: 'a' })).toEqual(exactly({ a: 'a' }));
  });

  it.each([
    ['', 'NoSuchKey'],
    [', behind a delete marker', 'PreconditionFailed'],
  ])(
    'takes for deleted what a try whose answer was lost has deleted%s',
    async (_, Code) => {
      const bucket = newBucket();
      await upload(bucket, { a: 'a', old: 'old' });
      const clients = memoryClients(bucket);
      const send = clients.s3.send.bind(clients.s3) as any;
      clients.s3.send = (async (command: any) => {
        if (!/^DeleteObjects/.test(command.constructor.name))
          return send(command);
        await send(command);
        return { Errors: [{ Key: `${prefix}old`, Code }] };
      }) as any;
      const done = await uploadFiles({
        clients,
        ...{ bucket: 'b', prefix, files: toFiles({ a: 'a' }), delete: true },
        log: () => undefined,
      });
      expect(done).toMatchObject({ deleted: 1 });
      expect(await told(bucket, { a: 'a' })).toEqual(exactly({ a: 'a' }));
    },
  );

  it('says what S3 did not delete, and deletes it when it is run again', async () => {
    const bucket = newBucket();
    await upload(bucket, { a: 'a', old: 'old' });
    const clients = memoryClients(bucket);
    const send = clients.s3.send.bind(clients.s3) as any;
    clients.s3.send = (async (command: any) =>
      /^DeleteObjects/.test(command.constructor.name)
        ? { Errors: [{ Key: 'old', Code: 'InternalError', Message: 'no' }] }
        : send(command)) as any;
    const options = { bucket: 'b', prefix, delete: true, log: () => undefined };
    const files = toFiles({ a: 'a' });
    await expect(uploadFiles({ clients, files, ...options })).rejects.toThrow(
      'S3 did not delete old (InternalError: no). Run this upload again',
    );
    await upload(bucket, { a: 'a' });
    expect(await told(bucket, { a: 'a' })).toEqual(exactly({ a: 'a' }));
  });

  it('deletes more than S3 takes at once', async () => {
    const bucket = newBucket();
    const many = Object.fromEntries(
      Array.from({ length: 1_001 }, (_, at) => [`f${at}`, '']),
    );
    await upload(bucket, many);
    const done = await uploadFiles({
      clients: memoryClients(bucket),
      ...{ bucket: 'b', prefix, files: toFiles({ a: 'a' }), delete: true },
      maxDeleted: 2_000,
      log: () => undefined,
    });
    expect(done).toMatchObject({ deleted: 1_001 });
    expect(bucket.files(prefix)).toEqual({ a: 'a', foreign: 'z' });
  });

  it('writes over what one that was taken for dead has sent late', async () => {
    const bucket = newBucket();
    await upload(bucket, { a: 'first' });
    let puts = 0;
    await upload(bucket, { a: 'mine' }, (when, name) => {
      if (when === 'before' && name === 'PutObject' && ++puts === 2) {
        bucket.put(`${prefix}a`, Buffer.from('late'));
      }
    });
    expect(bucket.files(prefix)).toMatchObject({ a: 'mine' });
  });

  it('is not beaten by itself where S3 had written before the connection broke', async () => {
    const bucket = newBucket();
    const clients = memoryClients(bucket);
    const send = clients.s3.send.bind(clients.s3) as any;
    clients.s3.send = (async (command: any) => {
      // the client's own second try
      if (command.constructor.name === 'PutObjectCommand') await send(command);
      return send(command);
    }) as any;
    const folder = { a: 'a' };
    await uploadFiles({
      clients,
      bucket: 'b',
      prefix,
      files: toFiles(folder),
      log: () => undefined,
    });
    expect(await told(bucket, folder)).toEqual(exactly(folder));
  });

  it('tells how far it is each half minute', async () => {
    jest.useFakeTimers();
    const log = jest.fn();
    const files = toFiles({ a: 'a', b: 'b' });
    const hanging: Around = () =>
      new Promise(resolve => setTimeout(resolve, 20_000));
    const slow = uploadFiles({
      clients: memoryClients(newBucket(), hanging),
      bucket: 'b',
      prefix,
      files,
      log,
    });
    await jest.advanceTimersByTimeAsync(600_000);
    await slow;
    jest.useRealTimers();
    expect(log.mock.calls.flat()).toContain(
      'Uploading: 0 of 2 files, 0 of 0 MiB',
    );
  });

  it('says what to do where it takes too long', async () => {
    const bucket = newBucket();
    const hang: Around = (when, name) =>
      when === 'before' && name === 'ListObjectsV2'
        ? new Promise(resolve => setTimeout(resolve, 200))
        : undefined;
    const options = {
      clients: memoryClients(bucket, hang),
      bucket: 'b',
      prefix,
      files: toFiles({ a: 'a' }),
      log: () => undefined,
      timeoutMinutes: 0.001,
    };
    await expect(uploadFiles(options)).rejects.toThrow(
      /timed out after 0.001 minutes. Run it again/,
    );
    await expect(previewUpload(options)).rejects.toThrow(
      'Comparing with s3://b/dags/a/ timed out after 0.001 minutes. Nothing was changed',
    );
    expect(bucket.files(prefix)).not.toHaveProperty('a');
  });

  it('gives up the parts that a killed upload left', async () => {
    const bucket = newBucket();
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'x');
    const files = [
      await toUploadFile('a.jar', { bytes }),
      await toUploadFile('b.jar', { bytes }),
    ];
    const options = { bucket: 'b', prefix, files, log: () => undefined };
    const kill: Around = (_, name) => {
      if (/Part|Abort/.test(name)) throw new Error('killed');
    };
    const killed = uploadFiles({
      ...options,
      clients: memoryClients(bucket, kill),
    });
    await expect(killed).rejects.toThrow('killed');
    // each is on a page of its own
    expect(bucket.uploads.size).toBe(2);
    await uploadFiles({ ...options, clients: memoryClients(bucket) });
    expect(bucket.uploads.size).toBe(0);
    expect(bucket.objects.get(`${prefix}a.jar`)!.equals(bytes)).toBe(true);
  });

  it('asks S3 while the files are collected', async () => {
    const bucket = newBucket();
    const asked = new Set<string>();
    let tell: () => void;
    const bothAsked = new Promise<void>(resolve => {
      tell = resolve;
    });
    const clients = memoryClients(bucket, (when, name) => {
      if (when === 'before' && asked.add(name).size === 2) tell();
    });
    await uploadFiles({
      clients,
      bucket: 'b',
      prefix,
      async files() {
        await bothAsked;
        return toFiles({ a: 'a' });
      },
      log: () => undefined,
    });
    expect(bucket.files(prefix)).toEqual({ a: 'a', foreign: 'z' });
  });

  it('says that it has started as soon as something is written, and only then', async () => {
    const failAt = (at: number): Around => {
      let puts = 0;
      return (when, name) => {
        if (when !== 'before' || name !== 'PutObject') return;
        puts += 1;
        if (puts === at) throw new Error('denied');
      };
    };
    const bucket = newBucket();
    // the lock, then the file
    expect(await countStarts(bucket, failAt(1))).toBe(0);
    expect(await countStarts(bucket, failAt(2))).toBe(1);
    expect(await countStarts(bucket)).toBe(1);
    expect(await countStarts(bucket)).toBe(0);
  });

  it('changes nothing where the files cannot be collected', async () => {
    const bucket = newBucket();
    const calls = new Set<string>();
    const failing = uploadFiles({
      clients: memoryClients(bucket, (_, name) => calls.add(name)),
      bucket: 'b',
      prefix,
      files: async () => {
        throw new Error('No file matches');
      },
      log: () => undefined,
    });
    await expect(failing).rejects.toThrow('No file matches');
    expect([...calls].sort()).toEqual(['GetObject', 'ListObjectsV2']);
    expect(bucket.files(prefix)).toEqual({ foreign: 'z' });
  });

  it('refuses a key that is too long before it changes anything', async () => {
    const bucket = newBucket();
    await expect(
      upload(bucket, { ['\u00e9'.repeat(510)]: 'x' }),
    ).rejects.toThrow(/too long for a name in S3/);
    expect(bucket.files(prefix)).toEqual({ foreign: 'z' });
  });
});
