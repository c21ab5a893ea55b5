import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { aSpec, aStack, toOwnership } from '../__testUtils__';
import {
  toActToken,
  toChangeSetName,
  toExecutionToken,
  toWorkName,
} from '../stack/identity';
import { planDeployment } from './planDeployment';

const spec = aSpec();
const before = toChangeSetName(spec, { basis: 'e0' });
const ours = { id: 'e1', token: toExecutionToken(before, 'arn') };
const theirs = { id: 'e1', token: 'another-caller' };

const plan = (
  status: StackStatus,
  lastEvent: { id: string; token?: string } = theirs,
) => planDeployment({ spec, stack: aStack({ status }), lastEvent });

describe('planDeployment', () => {
  it('creates a stack that is not there', () => {
    expect(planDeployment({ spec, stack: undefined })).toEqual({
      do: 'create',
      changeSetName: toChangeSetName(spec),
      keptParameters: [],
      keptTags: {},
    });
  });

  it('updates a settled stack, which keeps the parameters that are not given', () => {
    expect(plan('UPDATE_ROLLBACK_COMPLETE')).toEqual({
      do: 'update',
      changeSetName: toChangeSetName(spec, { basis: 'e1' }),
      keptParameters: ['Prefix'],
      keptTags: {},
    });
  });

  it('lets a stack keep the tags that are not given, but AWS’s own', () => {
    const tagged = aStack();
    const others = { 'data-lake:owner': 'group:default/a', 'cost-center': '7' };
    tagged.tags = {
      ...tagged.tags,
      ...others,
      'aws:servicecatalog:product': 'x',
    };
    expect(planDeployment({ spec, stack: tagged })).toMatchObject({
      keptTags: others,
    });
    const tags = { ...spec.tags, 'data-lake:owner': 'group:default/b' };
    const given = planDeployment({ spec: { ...spec, tags }, stack: tagged });
    expect((given as any).keptTags).toEqual({ 'cost-center': '7' });
  });

  it('creates in a stack whose first change set was never executed', () => {
    expect(plan('REVIEW_IN_PROGRESS')).toMatchObject({
      do: 'create',
      changeSetName: toChangeSetName(spec),
    });
  });

  it('takes no such stack that another owner’s tag marks, whichever of the tags it is', () => {
    const other = 'component:default/other';
    const stack = aStack({
      status: 'REVIEW_IN_PROGRESS',
      tags: { 'second:entity': other },
    });
    const ownership = [
      { key: 'first:entity', value: 'component:default/movielens' },
      { key: 'second:entity', value: undefined },
    ];
    const decided = planDeployment({
      spec: { ...spec, tags: {}, ownership },
      stack,
    });
    expect(decided).toMatchObject({
      do: 'refuse',
      reason: expect.stringContaining(`belongs to ${other}`),
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
    expect(planDeployment({ spec, stack })).toMatchObject({
      do: 'refuse',
      reason: expect.stringContaining('termination protection is on'),
    });
  });

  it.each(['CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'] as const)(
    'follows its own operation and refuses another caller’s while it is %s',
    status => {
      expect(plan(status, ours)).toMatchObject({ do: 'follow' });
      expect(plan(status, theirs)).toMatchObject({
        do: 'refuse',
        because: 'conflict',
        reason: expect.stringContaining("another caller's operation"),
      });
    },
  );

  it('uses the result of its own earlier try, and retries a failure', () => {
    expect(plan('UPDATE_COMPLETE', ours)).toMatchObject({ do: 'follow' });
    expect(plan('UPDATE_ROLLBACK_COMPLETE', ours)).toMatchObject({
      do: 'update',
    });
  });

  it('reports its own unreported failure, and retries a reported one', () => {
    const stack = aStack({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    const decide = (isReported: boolean) =>
      planDeployment({ spec, stack, lastEvent: ours, isReported });
    expect(decide(false)).toMatchObject({ do: 'follow', token: ours.token });
    expect(decide(true)).toMatchObject({ do: 'update' });
  });

  it.each(['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'] as const)(
    'waits for other work of the same caller that is %s',
    status => {
      const other = aSpec({ parameters: { Name: 'other' } });
      const token = toExecutionToken(toChangeSetName(other), 'arn');
      const wait = { do: 'wait', stackId: aStack().id };
      expect(plan(status, { id: 'e1', token })).toEqual(wait);
      const act = toActToken(spec, 'delete', 'x');
      expect(plan(status, { id: 'e1', token: act })).toEqual(wait);
    },
  );

  it('continues a failed rollback only if that is requested', () => {
    const stack = aStack({ status: 'UPDATE_ROLLBACK_FAILED' });
    expect(planDeployment({ spec, stack, continueRollback: true })).toEqual({
      do: 'continue rollback',
      stackId: stack.id,
    });
    expect(planDeployment({ spec, stack })).toMatchObject({ do: 'refuse' });
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
          const decided = planDeployment({ spec, stack, lastEvent: ours });
          expect(decided).toMatchObject({
            do: 'refuse',
            reason: expect.stringContaining('The name is taken'),
          });
        },
      ),
    );
  });

  it('updates a stack whose tag has the same entity ref in another case', () => {
    const tags = { 'data-lake:entity': 'Component:default/MovieLens' };
    const stack = aStack({ tags });
    expect(planDeployment({ spec, stack })).toMatchObject({ do: 'update' });
  });

  it('lets no specification without an owner touch a stack that has one', () => {
    const ownership = toOwnership(undefined);
    expect(
      planDeployment({ spec: aSpec({ ownership, tags: {} }), stack: aStack() }),
    ).toMatchObject({ do: 'refuse', because: 'conflict' });
  });

  it('refuses tags that contradict the owner', () => {
    const tags = { 'data-lake:entity': 'component:default/other' };
    expect(
      planDeployment({ spec: aSpec({ tags }), stack: undefined }),
    ).toMatchObject({ do: 'refuse', because: 'input' });
  });

  it('refuses a long template that has no bucket', () => {
    const long = { ...spec.template, body: 'x'.repeat(51_201) };
    expect(
      planDeployment({
        spec: aSpec({ template: long }),
        stack: undefined,
      }),
    ).toMatchObject({
      do: 'refuse',
      because: 'input',
      reason: expect.stringContaining('set templateBucket'),
    });
    const templateBucket = 'templates';
    expect(
      planDeployment({
        spec: aSpec({ template: long, templateBucket }),
        stack: undefined,
      }),
    ).toMatchObject({ do: 'create' });
  });

  it('refuses unknown and missing parameters by name', () => {
    const unknown = aSpec({ parameters: { Name: 'x', Nmae: 'y' } });
    expect(planDeployment({ spec: unknown, stack: undefined })).toMatchObject({
      do: 'refuse',
      because: 'input',
      reason: expect.stringContaining('Nmae'),
    });
    const template = { ...unknown.template, parameters: {} };
    expect(
      planDeployment({ spec: { ...unknown, template }, stack: undefined }),
    ).toMatchObject({
      reason: 'The template has no parameter Name, Nmae. It has none',
    });
    const missing = aSpec({ parameters: {} });
    expect(planDeployment({ spec: missing, stack: undefined })).toMatchObject({
      do: 'refuse',
      reason: expect.stringContaining('Name'),
    });
    expect(planDeployment({ spec: missing, stack: aStack() })).toMatchObject({
      do: 'update',
      keptParameters: ['Name', 'Prefix'],
    });
  });
});

describe('toWorkName', () => {
  it('is the same for the same work, whatever the order, and else another', () => {
    const name = toWorkName(aSpec({ parameters: { Name: 'x', Prefix: 'p' } }));
    expect(toWorkName(aSpec({ parameters: { Prefix: 'p', Name: 'x' } }))).toBe(
      name,
    );
    expect(toWorkName(aSpec({ identity: 'task-2/step' }))).not.toBe(name);
    expect(toWorkName(aSpec({ parameters: { Name: 'y' } }))).not.toBe(name);
    expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,118}$/);
  });
});
