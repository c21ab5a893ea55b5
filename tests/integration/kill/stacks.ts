import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  defaultAllowedResourceTypes,
  deployStack,
  DeployOptions,
  parseTemplate,
} from '@data-lake/cloudformation';
import assert from 'node:assert/strict';
import { countBegun, listOpenChangeSets } from './stackState';
import { Work, WorkOptions } from './work';

const entity = 'component:default/killed';

const template = (resources: object = {}) =>
  parseTemplate(
    JSON.stringify({
      Parameters: { Text: { Type: 'String', Default: 'none' } },
      Resources: { Topic: { Type: 'AWS::SNS::Topic' }, ...resources },
      Outputs: { Text: { Value: { Ref: 'Text' } } },
    }),
    {
      allowedResourceTypes: defaultAllowedResourceTypes,
      reach: { allowedImports: ['nothing'] },
    },
  );

/** A template that is too long for a request. */
const long = () =>
  template(
    Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `Parameter${i}`,
        {
          Type: 'AWS::SSM::Parameter',
          Properties: { Type: 'String', Value: 'x'.repeat(3_000) },
        },
      ]),
    ),
  );

const deploy = (
  { clients, unique }: WorkOptions,
  change: Partial<DeployOptions['spec']> = {},
) =>
  deployStack({
    clients,
    log: () => {},
    spec: {
      stackName: unique,
      template: template(),
      parameters: { Text: 'first' },
      tags: { 'data-lake:entity': entity },
      ownership: [{ key: 'data-lake:entity', value: entity }],
      identity: 'killed',
      ...change,
    },
  });

/** Throws unless there was one operation, no change set is left, and the outputs are complete. */
async function verifyStack(
  { clients, unique, result }: Parameters<Work['verify']>[0],
  expected: { status: string; begun: string; text: string },
): Promise<void> {
  assert.equal(result.status, expected.status);
  assert.deepEqual(result.outputs, { Text: expected.text });
  assert.deepEqual(await listOpenChangeSets(clients, unique), []);
  assert.equal(await countBegun(clients, unique, expected.begun), 1);
}

export const createStack: Work = {
  run: options => deploy(options),
  verify: options =>
    verifyStack(options, {
      status: 'CREATE_COMPLETE',
      begun: 'CREATE_IN_PROGRESS',
      text: 'first',
    }),
};

const bucketOf = (unique: string) => `${unique}-templates`;

export const updateStack: Work = {
  async prepare(options) {
    await options.clients.s3.send(
      new CreateBucketCommand({ Bucket: bucketOf(options.unique) }),
    );
    await deploy(options, { identity: 'before' });
  },
  run: options =>
    deploy(options, {
      template: long(),
      templateBucket: bucketOf(options.unique),
      parameters: { Text: 'second' },
    }),
  async verify(options) {
    await verifyStack(options, {
      status: 'UPDATE_COMPLETE',
      begun: 'UPDATE_IN_PROGRESS',
      text: 'second',
    });
    const { Contents = [] } = await options.clients.s3.send(
      new ListObjectsV2Command({ Bucket: bucketOf(options.unique) }),
    );
    assert.deepEqual(Contents, []);
  },
};

export const replaceDead: Work = {
  async prepare(options) {
    const broken = template({
      Parameter: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'nothing' } },
      },
    });
    await assert.rejects(
      deploy(options, { template: broken, identity: 'before' }),
      /ROLLBACK_COMPLETE/,
    );
  },
  run: options => deploy(options),
  verify: createStack.verify,
};
