/**
 * CloudFormation refuses a deletion in several ways. While another stack imports an export, the stack goes
 * back to its former status, and the reason is on the stack's own event:
 * https://github.com/rlister/stax/issues/40
 */
import { aSpec, aStack } from '../__testUtils__';
import {
  awsError,
  Happening,
  StubCloudFormation,
} from '../__testUtils__/aws/StubCloudFormation';
import { deployStack } from '../operation/deployStack';
import { deleteStack } from './deleteStack';

const spec = aSpec();
const { tags } = aStack();
const inUse = 'Export lake-vpc cannot be deleted as it is in use by other';
const nested: Partial<{ ResourceType: string }> = {
  ResourceType: 'AWS::CloudFormation::Stack',
};
const start: Happening = ['stack', 'DELETE_IN_PROGRESS', 'User Initiated'];

const refusals: Record<string, Happening[]> = {
  'its own event, and goes back to its status': [
    start,
    ['stack', 'UPDATE_COMPLETE', inUse],
  ],
  'its own event, without a start': [['stack', 'UPDATE_COMPLETE', inUse]],
  'its own event, and fails': [start, ['stack', 'DELETE_FAILED', inUse]],
  'a resource': [
    start,
    ['Vpc', 'DELETE_FAILED', 'tried again'],
    ['Vpc', 'DELETE_FAILED', inUse],
    ['Topic', 'DELETE_COMPLETE'],
    [
      'stack',
      'DELETE_FAILED',
      'The following resource(s) failed to delete: [Vpc].',
    ],
  ],
  'a nested stack': [
    start,
    [
      'Network',
      'DELETE_FAILED',
      `Embedded stack was not successfully deleted: Delete canceled. ${inUse}`,
      nested,
    ],
    [
      'stack',
      'DELETE_FAILED',
      'The following resource(s) failed to delete: [Network].',
    ],
  ],
};

let stub: StubCloudFormation;
beforeEach(() => {
  stub = new StubCloudFormation(spec.stackName);
  stub.nested.set('network', []);
});
const remove = () =>
  deleteStack({
    clients: stub.clients,
    stackName: spec.stackName,
    confirm: spec.stackName,
    ownership: spec.ownership,
    log: () => {},
    timeoutMinutes: 0.05,
  });

describe('contract: a deletion that CloudFormation refuses', () => {
  it.each(Object.entries(refusals))(
    'gives the reason of %s',
    async (_place, deletion) => {
      stub.add('CREATE_COMPLETE', tags);
      stub.deletion = deletion;
      const error: Error = await remove().catch(e => e);
      expect(error.name).toBe('DeletionFailedError');
      expect(error.message).toContain(inUse);
      expect(error.message).toMatch(
        /is (DELETE_FAILED|UPDATE_COMPLETE)\. Not deleted: .*Fix the cause/,
      );
      expect(error.message).not.toContain('User Initiated');
    },
  );

  it('gives the reason of the call, as a conflict', async () => {
    stub.add('CREATE_COMPLETE', tags);
    stub.intercept = action => {
      if (action === 'DeleteStack') throw awsError('ValidationError', inUse);
      return undefined;
    };
    await expect(remove()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(inUse),
    });
  });

  it.each(Object.entries(refusals))(
    'ends the wait for a stack that is deleted before it is created again, with the reason of %s',
    async (_place, deletion) => {
      stub.add('ROLLBACK_COMPLETE', tags);
      stub.deletion = deletion;
      await expect(
        deployStack({
          clients: stub.clients,
          spec,
          log: () => {},
          timeoutMinutes: 0.05,
        }),
      ).rejects.toThrow(inUse);
      expect(stub.count('CreateChangeSet')).toBe(0);
    },
  );
});
