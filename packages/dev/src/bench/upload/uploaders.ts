import { join } from 'node:path';
import { compileOurs } from '../ours.ts';
import { installAwsCli, installS5cmd } from '../peers.ts';

/** A tool that copies a folder to a prefix of a bucket. Each runs with its default settings. */
export interface Uploader {
  name: 'ours' | 'awsS3Sync' | 's5cmd';
  /** Returns the command that is measured. */
  upload(request: { folder: string; bucket: string; prefix: string }): {
    command: string;
    args: string[];
  };
}

/** Installs the tools. @returns ours first; s5cmd only if this machine has Go */
export async function toUploaders(): Promise<Uploader[]> {
  const script = await compileOurs('upload/ours.ts');
  const aws = await installAwsCli();
  const s5cmd = await installS5cmd();
  return [
    {
      name: 'ours',
      upload: ({ folder, bucket, prefix }) => ({
        command: process.execPath,
        args: [script, folder, bucket, prefix],
      }),
    },
    {
      name: 'awsS3Sync',
      upload: ({ folder, bucket, prefix }) => ({
        command: aws,
        args: ['s3', 'sync', folder, `s3://${bucket}/${prefix}`],
      }),
    },
    ...(s5cmd
      ? [
          {
            name: 's5cmd' as const,
            upload: ({ folder, bucket, prefix }: UploadRequest) => ({
              command: s5cmd,
              args: ['sync', join(folder, '/'), `s3://${bucket}/${prefix}`],
            }),
          },
        ]
      : []),
  ];
}

type UploadRequest = Parameters<Uploader['upload']>[0];
