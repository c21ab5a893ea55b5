import { join } from 'node:path';
import { compileOurs } from '../ours.ts';
import { installAwsCli, installS5cmd } from '../peers.ts';

/** A tool that makes a prefix of a bucket hold a folder. All run with the settings they come with. */
export interface Uploader {
  name: 'ours' | 'awsS3Sync' | 's5cmd';
  upload(what: { folder: string; bucket: string; prefix: string }): {
    command: string;
    args: string[];
  };
}

/** Ours first. Without Go there is no s5cmd. */
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
            upload: ({ folder, bucket, prefix }: Target) => ({
              command: s5cmd,
              args: ['sync', join(folder, '/'), `s3://${bucket}/${prefix}`],
            }),
          },
        ]
      : []),
  ];
}

type Target = Parameters<Uploader['upload']>[0];
