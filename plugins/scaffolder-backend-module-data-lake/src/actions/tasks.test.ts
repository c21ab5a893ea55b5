import { mockServices } from '@backstage/backend-test-utils';
import { scaffolderServiceMock } from '@backstage/plugin-scaffolder-node/testUtils';
import * as fc from 'fast-check';
import { assertNotCancelled } from './assertNotCancelled';
import { findRival } from './findRival';

const auth = mockServices.auth();
const scaffolder = scaffolderServiceMock.mock();
const services = { auth, scaffolder };
const aTask = (change: object = {}): any => ({
  id: 'own',
  status: 'processing',
  createdAt: '2026-11-30T10:00:00Z',
  spec: {
    parameters: { name: 'movielens' },
    steps: [{ action: 'data-lake:project:check' }],
    user: { ref: 'user:default/ada' },
  },
  ...change,
});
const answer = (...items: object[]) =>
  scaffolder.listTasks.mockResolvedValue({
    items: items as any,
    totalItems: items.length,
  });
const find = (id = 'own') =>
  findRival(services, { task: { id } } as any, 'movielens');

describe('findRival', () => {
  it('names an earlier task of the same name, and asks for active ones only', async () => {
    answer(aTask(), aTask({ id: 'other', createdAt: '2026-11-30T09:59:59Z' }));
    expect(await find()).toBe(
      'Task other of user:default/ada is creating a project movielens. Wait until it has ended, or choose another project name',
    );
    expect(scaffolder.listTasks).toHaveBeenCalledWith(
      { status: ['open', 'processing'] },
      expect.anything(),
    );
  });

  it.each([
    ['later', { createdAt: '2026-11-30T10:00:01Z' }],
    ['of another name', { spec: { ...aTask().spec, parameters: {} } }],
    ['of another template', { spec: { ...aTask().spec, steps: [] } }],
  ])('minds no task that is %s', async (_, change) => {
    const id = 'other';
    const earlier = { createdAt: '2026-11-30T09:00:00Z' };
    answer(aTask(), aTask({ id, ...earlier, ...change }));
    expect(await find()).toBeUndefined();
  });

  it('lets exactly one of any tasks pass, though all began in the same second', async () => {
    const task = fc.record({
      id: fc.uuid(),
      createdAt: fc.constantFrom(
        '2026-11-30T10:00:00Z',
        '2026-11-30T10:00:01Z',
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(task, { minLength: 1, selector: ({ id }) => id }),
        async tasks => {
          answer(...tasks.map(aTask));
          const found = await Promise.all(tasks.map(({ id }) => find(id)));
          expect(found.filter(each => each === undefined)).toHaveLength(1);
        },
      ),
    );
  });
});

describe('assertNotCancelled', () => {
  const assert = (signal?: AbortSignal) =>
    assertNotCancelled(services, { task: { id: 'own' }, signal } as any);

  it('asks the task itself, of which the signal does not tell yet', async () => {
    scaffolder.getTask.mockResolvedValue(aTask({ status: 'cancelled' }));
    await expect(assert(new AbortController().signal)).rejects.toThrow(
      'Task own was cancelled, so nothing was begun',
    );
    scaffolder.getTask.mockResolvedValue(aTask());
    await assert();
  });

  it('takes the signal', async () => {
    await expect(assert(AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
