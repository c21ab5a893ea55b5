/** Contract test, against answers written after S3's API model: the order in which parts end. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { AwsClientFactory } from '@data-lake/aws';
import pLimit from 'p-limit';
import { partSize, toUploadFile } from '../files/uploadFile';
import { toDestination } from '../bucket/destination';
import { putInParts } from './putInParts';

const clients = new AwsClientFactory({
  endpoints: {},
  credentials: { getCredentialProvider: async () => ({} as any) },
}).forTarget({ account: '123456789012', region: 'eu-west-1' });
const s3 = mockClient(clients.s3);
const to = toDestination({ clients, bucket: 'code', prefix: '' });
const bytes = Buffer.alloc(2 * partSize + 1, 'x');
const put = async () =>
  putInParts({
    to,
    file: await toUploadFile('a.jar', { bytes }),
    Key: 'a.jar',
    condition: { IfNoneMatch: '*' },
    limit: pLimit(3),
  });

describe('putInParts', () => {
  beforeEach(() => {
    s3.reset();
    s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' });
    s3.on(CompleteMultipartUploadCommand).resolves({ ETag: '"all-3"' });
  });

  it('completes with all parts in order, of the account’s own bucket', async () => {
    s3.on(UploadPartCommand).callsFake(async ({ PartNumber }) => {
      await sleep(10 - 3 * PartNumber);
      return { ETag: `"${PartNumber}"` };
    });
    expect(await put()).toBe('"all-3"');
    const [{ args }] = s3.commandCalls(CompleteMultipartUploadCommand);
    expect(args[0].input).toMatchObject({
      ExpectedBucketOwner: '123456789012',
      // what the emulators ignore: another's late write is not written over
      IfNoneMatch: '*',
      MultipartUpload: {
        Parts: [1, 2, 3].map(PartNumber => ({
          PartNumber,
          ETag: `"${PartNumber}"`,
        })),
      },
    });
  });

  it('gives up where the bytes are no more those that were hashed', async () => {
    s3.on(UploadPartCommand).resolves({ ETag: 'x' });
    s3.on(AbortMultipartUploadCommand).resolves({});
    const file = await toUploadFile('a.jar', { bytes: Buffer.from(bytes) });
    const changed = {
      ...file,
      content: { bytes: Buffer.from(bytes).fill('y', partSize) },
    };
    const condition = { IfNoneMatch: '*' } as const;
    const parts = { to, Key: 'a.jar', condition, limit: pLimit(3) };
    await expect(putInParts({ ...parts, file: changed })).rejects.toThrow(
      /a.jar was changed during its upload/,
    );
    expect(s3.commandCalls(UploadPartCommand)).toHaveLength(3);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toEqual([]);
    expect(s3.commandCalls(AbortMultipartUploadCommand)).toHaveLength(1);
  });

  it('aborts only when no part is under way any more, and gives the first error', async () => {
    let open = 0;
    s3.on(UploadPartCommand).callsFake(async ({ PartNumber }) => {
      open += 1;
      await sleep(PartNumber * 10);
      open -= 1;
      if (PartNumber === 1) throw new Error('reset');
      return { ETag: 'x' };
    });
    const openAtAbort: number[] = [];
    s3.on(AbortMultipartUploadCommand).callsFake(async () => {
      openAtAbort.push(open);
      throw new Error('denied');
    });
    await expect(put()).rejects.toThrow('reset');
    expect(openAtAbort).toEqual([0]);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toEqual([]);
  });
});
