/** What is asked of stacks and uploads, in which order; tests/integration/teardown.test.ts tears down. */
import { NotFoundError } from '@backstage/errors';
import { deleteStack, findStack, StackState } from '@data-lake/cloudformation';
import {
  assertTaggedBucket,
  previewUpload,
  uploadFiles,
} from '@data-lake/s3-sync';
import { deleteEnvironment, toConfirmation } from './deleteEnvironment';
import { letRunsEnd } from './drainDag';
import { readMwaaEnvironment } from '@data-lake/aws';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  deleteStack: jest.fn(),
  findStack: jest.fn(),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  assertTaggedBucket: jest.fn(),
  emptyBucket: jest.fn(),
  holdsObjects: jest.fn(),
  previewUpload: jest.fn(),
  uploadFiles: jest.fn(),
}));
jest.mock('./drainDag');
jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  readMwaaEnvironment: jest.fn(),
}));

const aStack = (change: Partial<StackState> = {}): StackState => ({
  id: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/movielens-demo-foundations/1',
  name: 'movielens-demo-foundations',
  status: 'CREATE_COMPLETE',
  terminationProtection: false,
  parameterNames: [],
  outputs: {},
  tags: { 'data-lake:entity': 'component:default/movielens' },
  ...change,
});
const entityRef = 'component:default/movielens';
const target = { account: '123456789012', region: 'eu-west-1' };
const stack = (name: string) => ({ ...target, name });
const environment = {
  name: 'demo',
  ...target,
  stacks: [stack('movielens-demo-foundations')],
};
const log = jest.fn();

/** What was done, in order. */
const done: string[] = [];
let full: string[];
let there: Record<string, ReturnType<typeof aStack>>;

beforeEach(() => {
  jest.resetAllMocks();
  done.length = 0;
  full = [];
  there = Object.fromEntries(
    ['foundations', 'mwaa', 'observability'].map(suffix => {
      const name = `movielens-demo-${suffix}`;
      return [name, aStack({ name, tags: { 'data-lake:entity': entityRef } })];
    }),
  );
  there['movielens-demo-foundations'].outputs = {
    MwaaBucketName: 'airflow',
    MwaaEnvironmentName: 'lake',
    DagId: 'movielens-demo',
  };
  jest.mocked(findStack).mockImplementation(async (_, name) => there[name]);
  jest.mocked(readMwaaEnvironment).mockResolvedValue({
    dagPath: 'airflow/dags',
  } as any);
  jest.mocked(letRunsEnd).mockImplementation(async dag => {
    done.push(`${dag.environment}: ${dag.dagId}`);
  });
  jest.mocked(previewUpload).mockResolvedValue({ deletes: ['dag.py'] } as any);
  jest.mocked(uploadFiles).mockImplementation(async ({ bucket, prefix }) => {
    done.push(`s3://${bucket}/${prefix}`);
    return {} as any;
  });
  jest.mocked(deleteStack).mockImplementation(async options => {
    if (options.confirm === options.stackName) done.push(options.stackName);
    return {
      status: 'DELETE_COMPLETE',
      deleted: true,
      goes: [],
      stays: [],
      fullBuckets: full,
    };
  });
});

const remove = (options: object = {}) =>
  deleteEnvironment({
    clients: { target } as any,
    environment,
    entityRef,
    log,
    ...options,
  });
const confirm = 'movielens-demo';

describe('deleteEnvironment', () => {
  it('only tells where its name is not given', async () => {
    expect(await remove()).toMatchObject({
      confirm,
      dags: {
        s3Url: 's3://airflow/airflow/dags/movielens-demo/',
        files: ['dag.py'],
      },
    });
    expect(done).toEqual([]);
  });

  it('lets runs end, then removes the DAG, then each stack before the one that it stands on', async () => {
    const { stacks } = await remove({ confirm });
    expect(done).toEqual([
      'lake: movielens-demo',
      's3://airflow/airflow/dags/movielens-demo/',
      'movielens-demo-observability',
      'movielens-demo-foundations',
      'movielens-demo-mwaa',
    ]);
    expect(stacks.map(({ name }) => name)).toEqual(done.slice(2));
  });

  it('passes by stacks beside that are somebody else’s, or not there', async () => {
    there['movielens-demo-mwaa'].tags['data-lake:entity'] = 'component:x/y';
    delete there['movielens-demo-observability'];
    await remove({ confirm });
    expect(done.slice(2)).toEqual(['movielens-demo-foundations']);
  });

  it('takes the place of the DAG from project.yaml, also once the main stack is gone', async () => {
    there = {};
    const dags = { bucket: 'named', prefix: 'dags/movielens-demo/' };
    await remove({ confirm, dags });
    expect(done[0]).toBe('s3://named/dags/movielens-demo/');
  });

  it('goes on where the bucket of the DAG is gone, or its MWAA environment', async () => {
    jest.mocked(readMwaaEnvironment).mockRejectedValue(new NotFoundError('x'));
    jest.mocked(previewUpload).mockRejectedValue(new NotFoundError('x'));
    expect(await remove({ confirm })).toMatchObject({ dags: undefined });
    expect(done).toHaveLength(4);
  });

  it.each([
    ['another name', { confirm: 'movielens' }, /type its name, movielens-demo/],
    [
      'one key to the data only',
      { confirm, removeData: true },
      /does not say removable: true for demo/,
    ],
  ])('refuses %s, and has done nothing', async (_, options, message) => {
    await expect(remove(options)).rejects.toThrow(message);
    expect(deleteStack).not.toHaveBeenCalled();
    expect(done).toEqual([]);
  });

  it('refuses full buckets before the first stack, not between two', async () => {
    full = ['lake'];
    await expect(remove({ confirm })).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('lake would go'),
    });
    expect(done).toEqual([]);
    await remove({ confirm, emptyBuckets: true });
    expect(done).toHaveLength(5);
  });

  it('touches nothing where a bucket that would be emptied is not the entity’s', async () => {
    full = ['lake'];
    jest.mocked(assertTaggedBucket).mockRejectedValue(new Error('not yours'));
    await expect(remove({ confirm, emptyBuckets: true })).rejects.toThrow(
      'not yours',
    );
    expect(done).toEqual([]);
  });

  it('removes data with both keys', async () => {
    full = ['lake'];
    await remove({ confirm, removable: true, removeData: true });
    expect(deleteStack).toHaveBeenLastCalledWith(
      expect.objectContaining({ removeData: true }),
    );
    expect(done).toHaveLength(5);
  });

  it('says which stacks are left where it is cancelled', async () => {
    const cancel = new AbortController();
    jest.mocked(deleteStack).mockImplementation(async options => {
      if (options.confirm) {
        cancel.abort();
        throw cancel.signal.reason;
      }
      return { fullBuckets: [] } as any;
    });
    await expect(remove({ confirm, signal: cancel.signal })).rejects.toThrow();
    expect(log).toHaveBeenLastCalledWith(
      'Left as they are: movielens-demo-foundations, movielens-demo-mwaa. Run again to go on',
    );
  });
});

describe('toConfirmation', () => {
  it('is the name of the main stack without its end; of another stack, the whole', () => {
    expect(toConfirmation(environment)).toBe('movielens-demo');
    const stacks = [stack('lake')];
    expect(toConfirmation({ ...environment, stacks })).toBe('lake');
  });
});
