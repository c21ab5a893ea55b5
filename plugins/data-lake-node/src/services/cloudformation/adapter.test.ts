import { contextWith, entityRef } from '../__testUtils__/context';
import {
  describeContract,
  endlessly,
  inTwoPages,
} from '../__testUtils__/contract';
import { sdkError } from '../__testUtils__/fakeClients';
import { cloudformation } from './adapter';

const name = 'movielens-demo-foundations';
const StackId = `arn:aws:cloudformation:eu-central-1:111122223333:stack/${name}/1`;
const stack = {
  StackId,
  StackName: name,
  StackStatus: 'CREATE_COMPLETE',
  CreationTime: new Date('2026-11-22T10:00:00Z'),
  Tags: [{ Key: 'data-lake:entity', Value: entityRef }],
  Outputs: [{ OutputKey: 'DagId', OutputValue: 'movielens-demo' }],
};
const summary = (id: string, status = 'CREATE_COMPLETE') => ({
  LogicalResourceId: id,
  PhysicalResourceId: id,
  ResourceType: 'AWS::S3::Bucket',
  ResourceStatus: status,
});
const healthy = {
  DescribeStacks: () => ({ Stacks: [stack] }),
  ListStackResources: () => ({ StackResourceSummaries: [summary('a')] }),
};
const missing = () => {
  throw sdkError('ValidationError', `Stack with id ${name} does not exist`);
};

describe('cloudformation', () => {
  describeContract({
    adapter: cloudformation,
    stacks: [],
    healthy,
    ids: [StackId],
    endless: {
      ListStackResources: endlessly(healthy.ListStackResources(), 'NextToken'),
    },
    gone: { answers: { DescribeStacks: missing }, id: name },
    unknownStatus: {
      answers: {
        DescribeStacks: () => ({
          Stacks: [{ ...stack, StackStatus: 'PONDERING' }],
        }),
      },
      ids: [StackId],
    },
    action: 'cloudformation:DescribeStacks',
  });

  it('gives the stacks that the others look up what exists in, page by page', async () => {
    const answers = {
      ...healthy,
      ListStackResources: inTwoPages({
        first: { StackResourceSummaries: [summary('a')] },
        second: {
          StackResourceSummaries: [
            summary('b'),
            summary('c', 'DELETE_COMPLETE'),
          ],
        },
        in: 'NextToken',
        out: 'NextToken',
      }),
    };
    const { stacks } = await cloudformation.observe(contextWith({ answers }));
    expect(stacks).toMatchObject([
      {
        name,
        outputs: { DagId: 'movielens-demo' },
        tags: { 'data-lake:entity': entityRef },
        resources: [{ id: 'a' }, { id: 'b' }],
      },
    ]);
  });

  it.each([
    [
      'another entity',
      [{ Key: 'data-lake:entity', Value: 'component:default/payroll' }],
    ],
    ['no entity', []],
    [
      'the entity, as another owner had it',
      [
        { Key: 'data-lake:entity', Value: entityRef },
        { Key: 'data-lake:owner', Value: 'group:default/finance' },
      ],
    ],
  ])(
    'denies a stack that belongs to %s, and reads nothing of it',
    async (whose, Tags) => {
      const context = contextWith({
        answers: {
          ...healthy,
          DescribeStacks: () => ({ Stacks: [{ ...stack, Tags }] }),
        },
      });
      const observation = await cloudformation.observe(context);
      expect(observation).toMatchObject({ resources: [], stacks: [] });
      expect(observation.problems).toEqual([
        {
          service: 'cloudformation',
          health: 'denied',
          message: expect.stringContaining('the stack belongs to'),
        },
      ]);
      expect(whose).toBeTruthy();
      expect(context.asked).toEqual(['DescribeStacks']);
    },
  );

  it('makes a missing stack a problem that says what to do', async () => {
    const answers = { ...healthy, DescribeStacks: missing };
    const { problems } = await cloudformation.observe(contextWith({ answers }));
    expect(problems).toEqual([
      expect.objectContaining({
        health: 'gone',
        message: expect.stringMatching(/does not exist .* Deploy it/),
      }),
    ]);
  });
});
