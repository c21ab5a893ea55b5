import { GetJobCommand } from '@aws-sdk/client-glue';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { DataLake } from './dataLake';
import { clients } from './localAws';

/** Scripts of the EMR steps that compute nothing. */
export const idleSteps = { 'ingest.py': 'pass\n', 'preprocess.py': 'pass\n' };

/** A script that is at work until something ends it: what a test does to a run half-way finds it there. */
const waiting = 'import time\ntime.sleep(300)\n';
export const waitingIngest = { 'ingest.py': waiting };
export const waitingTransform = { 'glue_transform.py': waiting };

/**
 * Runs a function while scripts of the release are replaced. A drill of what comes after the EMR steps has steps
 * that compute nothing: their tables are there from an earlier run.
 */
export async function withScripts<T>(
  lake: DataLake,
  scripts: Record<string, string>,
  act: () => Promise<T>,
): Promise<T> {
  const { Job } = await clients.glue.send(
    new GetJobCommand({ JobName: lake.outputs.GlueJobName }),
  );
  const location = Job!.Command!.ScriptLocation!;
  const own = await Promise.all(
    Object.keys(scripts).map(async file => {
      const { hostname: Bucket, pathname } = new URL(file, location);
      const at = { Bucket, Key: pathname.slice(1) };
      const { Body } = await clients.s3.send(new GetObjectCommand(at));
      return { ...at, Body: await Body!.transformToByteArray() };
    }),
  );
  const replaced = own.map((one, i) => ({
    ...one,
    Body: Object.values(scripts)[i],
  }));
  try {
    await putAll(replaced);
    return await act();
  } finally {
    await putAll(own);
  }
}

const putAll = (objects: PutObjectCommandInput[]) =>
  Promise.all(objects.map(each => clients.s3.send(new PutObjectCommand(each))));

/** Writes an object into the data bucket. */
export const put = (lake: DataLake, Key: string, Body: string) =>
  clients.s3.send(
    new PutObjectCommand({ Bucket: lake.outputs.DataBucketName, Key, Body }),
  );

/** Deletes an object of the data bucket. */
export const remove = (lake: DataLake, Key: string) =>
  clients.s3.send(
    new DeleteObjectCommand({ Bucket: lake.outputs.DataBucketName, Key }),
  );
