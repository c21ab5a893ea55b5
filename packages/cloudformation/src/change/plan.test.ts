import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { aRequest, aStack } from '../__testUtils__';
import {
  toActToken,
  toChangeSetName,
  toExecutionToken,
  toWorkName,
} from '../stack/identity';
import { planDeployment } from './plan';

const request = aRequest();
const before = toChangeSetName(request, { basis: 'e0' });
const ours = { id: 'e1', token: toExecutionToken(before, 'arn') };
const theirs = { id: 'e1', token: 'somebody-else' };

const plan = (
  status: StackStatus,
  lastEvent: { id: string; token?: string } = theirs,
) => planDeployment({ request, stack: aStack({ status }), lastEvent });

describe('planDeployment', () => {
  it('creates a stack that is not there', () => {
    expect(planDeployment({ request, stack: undefined })).toEqual({
      do: 'create',
      changeSetName: toChangeSetName(request),
      keptParameters: [],
      keptTags: {},
    });
  });

  it('updates a settled stack, which keeps the parameters that are not given', () => {
    expect(plan('UPDATE_ROLLBACK_COMPLETE')).toEqual({
      do: 'update',
      changeSetName: toChangeSetName(request, { basis: 'e1' }),
      keptParameters: ['Prefix'],
      keptTags: {},
    });
  });

  it('lets a stack keep the owner that its tag names, unless another is given', () => {
    const owned = aStack();
    owned.tags = { ...owned.tags, 'data-lake:owner': 'group:default/a' };
    expect(planDeployment({ request, stack: owned })).toMatchObject({
      keptTags: { 'data-lake:owner': 'group:default/a' },
    });
    const tags = { ...request.tags, 'data-lake:owner': 'group:default/b' };
    expect(
      planDeployment({ request: { ...request, tags }, stack: owned }),
    ).toMatchObject({ keptTags: {} });
  });

  it('creates in a stack whose first change set was never executed', () => {
    expect(plan('REVIEW_IN_PROGRESS')).toMatchObject({
      do: 'create',
      changeSetName: toChangeSetName(request),
    });
  });

  it('deletes a stack that never came to be, unless it is protected', () => {
    expect(plan('ROLLBACK_COMPLETE')).toEqual({
      do: 'delete first',
      stackId: aStack().id,
    });
    const stack = aStack({
      status: 'ROLLBACK_COMPLETE',
      terminationProtection: true,
    });
    expect(planDeployment({ request, stack })).toMatchObject({
      do: 'refuse',
      reason: expect.stringContaining('termination protection is on'),
    });
  });

  it.each(['CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'] as const)(
    'follows its own operation and refuses somebody else’s while it is %s',
    status => {
      expect(plan(status, ours)).toMatchObject({ do: 'follow' });
      expect(plan(status, theirs)).toMatchObject({
        do: 'refuse',
        because: 'conflict',
        reason: expect.stringContaining("somebody else's operation"),
      });
    },
  );

  it('takes what its own earlier try has done, and tries again what failed', () => {
    expect(plan('UPDATE_COMPLETE', ours)).toMatchObject({ do: 'follow' });
    expect(plan('UPDATE_ROLLBACK_COMPLETE', ours)).toMatchObject({
      do: 'update',
    });
  });

  it('tells a failure of its own that nobody was told, and tries again what was told', () => {
    const stack = aStack({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    const decide = (told: boolean) =>
      planDeployment({ request, stack, lastEvent: ours, told });
    expect(decide(false)).toMatchObject({ do: 'follow', token: ours.token });
    expect(decide(true)).toMatchObject({ do: 'update' });
  });

  it.each(['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const)(
    'waits for other work of the same asker that is %s',
    status => {
      const other = aRequest({ parameters: { Name: 'other' } });
      const token = toExecutionToken(toChangeSetName(other), 'arn');
      const wait = { do: 'wait', stackId: aStack().id };
      expect(plan(status, { id: 'e1', token })).toEqual(wait);
      const act = toActToken(request, 'delete', 'x');
      expect(plan(status, { id: 'e1', token: act })).toEqual(wait);
    },
  );

  it('continues a failed rollback only where that is asked for', () => {
    const stack = aStack({ status: 'UPDATE_ROLLBACK_FAILED' });
    expect(planDeployment({ request, stack, continueRollback: true })).toEqual({
      do: 'continue rollback',
      stackId: stack.id,
    });
    expect(planDeployment({ request, stack })).toMatchObject({ do: 'refuse' });
  });

  it('never uses a client token twice for two tries', () => {
    const first = plan('UPDATE_ROLLBACK_COMPLETE', { id: 'e1' });
    const second = plan('UPDATE_ROLLBACK_COMPLETE', { id: 'e9' });
    expect(first).not.toEqual(second);
  });

  it.each([
    'DELETE_FAILED',
    'UPDATE_ROLLBACK_FAILED',
    'CREATE_FAILED',
  ] as const)('refuses %s and says what to do', status => {
    expect(plan(status)).toMatchObject({
      do: 'refuse',
      reason: expect.stringMatching(/Delete it|continueRollback: true/),
    });
  });

  it('refuses a status that it does not know', () => {
    expect(plan('NEW_STATUS' as StackStatus)).toMatchObject({ do: 'refuse' });
  });

  it("never touches another entity's stack, nor one of no entity", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(StackStatus)),
        fc.option(fc.constantFrom('component:default/other', 'x'), {
          nil: undefined,
        }),
        (status, owner) => {
          fc.pre(status !== 'DELETE_COMPLETE');
          fc.pre(!(status === 'REVIEW_IN_PROGRESS' && !owner));
          const tags: Record<string, string> = owner
            ? { 'data-lake:entity': owner }
            : {};
          const stack = aStack({ status, tags });
          const decided = planDeployment({ request, stack, lastEvent: ours });
          expect(decided).toMatchObject({
            do: 'refuse',
            reason: expect.stringContaining('The name is taken'),
          });
        },
      ),
    );
  });

  it('refuses a long template that has no bucket to go by', () => {
    const long = { ...request.template, body: 'x'.repeat(51_201) };
    expect(
      planDeployment({
        request: aRequest({ template: long }),
        stack: undefined,
      }),
    ).toMatchObject({
      do: 'refuse',
      because: 'input',
      reason: expect.stringContaining('give templateBucket'),
    });
    const templateBucket = 'templates';
    expect(
      planDeployment({
        request: aRequest({ template: long, templateBucket }),
        stack: undefined,
      }),
    ).toMatchObject({ do: 'create' });
  });

  it('refuses unknown and missing parameters by name', () => {
    const unknown = aRequest({ parameters: { Name: 'x', Nmae: 'y' } });
    expect(
      planDeployment({ request: unknown, stack: undefined }),
    ).toMatchObject({
      do: 'refuse',
      because: 'input',
      reason: expect.stringContaining('Nmae'),
    });
    const missing = aRequest({ parameters: {} });
    expect(
      planDeployment({ request: missing, stack: undefined }),
    ).toMatchObject({ do: 'refuse', reason: expect.stringContaining('Name') });
    expect(planDeployment({ request: missing, stack: aStack() })).toMatchObject(
      {
        do: 'update',
        keptParameters: ['Name', 'Prefix'],
      },
    );
  });
});

describe('toWorkName', () => {
  it('is the same for the same work, whatever the order, and else another', () => {
    const name = toWorkName(
      aRequest({ parameters: { Name: 'x', Prefix: 'p' } }),
    );
    expect(
      toWorkName(aRequest({ parameters: { Prefix: 'p', Name: 'x' } })),
    ).toBe(name);
    expect(toWorkName(aRequest({ identity: 'task-2/step' }))).not.toBe(name);
    expect(toWorkName(aRequest({ parameters: { Name: 'y' } }))).not.toBe(name);
    expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,118}$/);
  });
});
