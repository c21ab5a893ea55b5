import { HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  defaultAllowedResourceTypes,
  deleteStack,
  deployStack,
  findStack,
  parseTemplate,
} from '@data-lake/cloudformation';
import assert from 'node:assert/strict';
import { Work } from './work';

const entity = 'component:default/killed';
const ownership = [{ key: 'data-lake:entity', value: entity }];

/** Empties a bucket and deletes it with its stack, despite interruptions. */
export const deleteFull: Work = {
  async prepare({ clients, unique }) {
    const template = {
      Resources: {
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: unique },
        },
      },
    };
    await deployStack({
      clients,
      log: () => {},
      spec: {
        stackName: unique,
        template: parseTemplate(JSON.stringify(template), {
          allowedResourceTypes: defaultAllowedResourceTypes,
        }),
        parameters: {},
        tags: { 'data-lake:entity': entity },
        ownership,
        identity: 'before',
      },
    });
    for (const Key of ['a', 'b']) {
      await clients.s3.send(
        new PutObjectCommand({ Bucket: unique, Key, Body: Key }),
      );
    }
  },
  run: ({ clients, unique }) =>
    deleteStack({
      clients,
      stackName: unique,
      ownership,
      confirm: unique,
      emptyBuckets: true,
      log: () => {},
    }),
  async verify({ clients, unique, result }) {
    // already deleted if the killed process came this far
    assert.match(result.status, /^(DELETE_COMPLETE|NOT_THERE)$/);
    assert.equal(await findStack(clients, unique), undefined);
    await assert.rejects(
      clients.s3.send(new HeadBucketCommand({ Bucket: unique })),
    );
  },
};
