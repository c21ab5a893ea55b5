/** A name may mean another stack from one call to the next: what was made is followed by its ARN. */
import { aSpec, aStack } from '../__testUtils__';
import {
  awsError,
  StubCloudFormation,
} from '../__testUtils__/aws/StubCloudFormation';
import { deployStack } from './deployStack';
import { previewStack } from './previewStack';

const spec = aSpec();
const { tags } = aStack();
const log = jest.fn();
const logged = () => log.mock.calls.map(([line]) => line).join('\n');

let stub: StubCloudFormation;
beforeEach(() => {
  log.mockClear();
  stub = new StubCloudFormation(spec.stackName);
  stub.templateBody = spec.template.body;
  stub.execution = [
    ['stack', 'CREATE_IN_PROGRESS', 'User Initiated'],
    ['stack', 'CREATE_COMPLETE'],
  ];
});
const deploy = () => deployStack({ clients: stub.clients, spec, log });

/** Does something to the stack before the first change set is made. */
function beforeChangeSet(act: () => void) {
  stub.intercept = action => {
    if (action === 'CreateChangeSet' && stub.changeSets.length === 0) act();
    return undefined;
  };
}

/** The calls after the change set was made that name this stack. */
const laterCallsFor = (stackId: string) =>
  stub.calls
    .slice(stub.calls.findIndex(({ action }) => action === 'CreateChangeSet'))
    .filter(({ input }) => input.StackName === stackId);

describe('contract: the stack of a change set', () => {
  it('is followed when the empty stack of a preview was deleted meanwhile', async () => {
    const ofPreview = stub.add('REVIEW_IN_PROGRESS');
    beforeChangeSet(() => stub.happen(ofPreview, stub.deletion));
    const done = await deploy();
    expect(done).toMatchObject({
      status: 'CREATE_COMPLETE',
      stackId: stub.stacks[1].id,
    });
    expect(done.stackId).not.toBe(ofPreview.id);
    expect(laterCallsFor(ofPreview.id)).toEqual([]);
  });

  it('is followed when the answer to an earlier try was lost', async () => {
    let lost = false;
    stub.intercept = (action, input) => {
      if (action !== 'CreateChangeSet' || lost) return undefined;
      lost = true;
      const stack = stub.add('REVIEW_IN_PROGRESS');
      stub.changeSets.push({
        ChangeSetId: 'arn:aws:cloudformation:x:1:changeSet/x/1',
        ChangeSetName: input.ChangeSetName,
        StackId: stack.id,
        Status: 'CREATE_COMPLETE',
        ExecutionStatus: 'AVAILABLE',
      });
      throw awsError('AlreadyExistsException', 'ChangeSet already exists');
    };
    expect(await deploy()).toMatchObject({ stackId: stub.stacks[0].id });
  });

  it('must be the stack that was planned for: another one of its name may be another owner’s', async () => {
    const planned = stub.add('CREATE_COMPLETE', tags);
    beforeChangeSet(() => {
      stub.happen(planned, stub.deletion);
      stub.add('CREATE_COMPLETE', {
        'data-lake:entity': 'component:default/x',
      });
    });
    await expect(deploy()).rejects.toThrow(/Another caller has changed stack/);
    expect(stub.count('ExecuteChangeSet')).toBe(0);
    expect(stub.changeSets).toEqual([]);
  });

  it('is not deleted after a preview if it is not the empty one that the preview made', async () => {
    stub.intercept = action => {
      if (action === 'DeleteChangeSet') {
        stub.happen(stub.stacks[0], stub.deletion);
        stub.add('REVIEW_IN_PROGRESS');
      }
      return undefined;
    };
    await previewStack({ clients: stub.clients, spec, log });
    expect(stub.count('DeleteStack')).toBe(0);
  });
});

describe('contract: what a preview leaves', () => {
  const denied = (...actions: string[]) => {
    stub.intercept = action => {
      if (actions.includes(action)) throw awsError('AccessDenied', 'no', 403);
      return undefined;
    };
  };
  const preview = () => previewStack({ clients: stub.clients, spec, log });

  it('is nothing', async () => {
    expect((await preview()).left).toBeUndefined();
    expect(stub.changeSets).toEqual([]);
    expect(stub.stacks[0].status).toBe('DELETE_COMPLETE');
  });

  it.each([
    ['DeleteChangeSet', 'change set deploy-', 'delete-stack --stack-name'],
    ['ListChangeSets', 'which is empty', 'delete-stack --stack-name'],
    ['DeleteStack', 'which is empty', 'delete-stack --stack-name'],
  ])(
    'of a new stack is said, with how to remove it, if %s is denied',
    async (action, what, command) => {
      denied(action);
      const { does, resources, left } = await preview();
      expect({ does, resources }).toEqual({ does: 'create', resources: [] });
      expect(left).toContain(what);
      expect(left).toContain(`need cloudformation:${action}`);
      expect(left).toContain(`${command} ${stub.stacks[0].id}`);
      expect(logged()).toContain(left);
    },
  );

  it('of a stack that is there is said too', async () => {
    stub.add('CREATE_COMPLETE', tags);
    denied('DeleteChangeSet');
    const { does, left } = await preview();
    expect(does).toBe('update');
    expect(left).toContain(
      `delete-change-set --stack-name ${stub.stacks[0].id} --change-set-name ${stub.changeSets[0].ChangeSetId}`,
    );
  });

  it('is logged if the preview fails too, whose error is told', async () => {
    stub.add('CREATE_COMPLETE', tags);
    denied('GetTemplate', 'DeleteChangeSet');
    await expect(preview()).rejects.toThrow(/need cloudformation:GetTemplate/);
    expect(logged()).toContain('delete-change-set');
  });

  it('keeps no deployment without changes from succeeding', async () => {
    stub.add('CREATE_COMPLETE', tags);
    stub.intercept = action => {
      if (action === 'DeleteChangeSet')
        throw awsError('AccessDenied', 'no', 403);
      if (action !== 'DescribeChangeSet') return undefined;
      return {
        Status: 'FAILED',
        StatusReason: "The submitted information didn't contain changes.",
      };
    };
    expect(await deploy()).toMatchObject({ changed: false });
    expect(logged()).toContain('delete-change-set');
  });
});
