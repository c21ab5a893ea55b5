import { stackWith } from '../__testUtils__/context';
import { describeContract } from '../__testUtils__/contract';
import { sdkError } from '../__testUtils__/fakeClients';
import { lambda } from './adapter';

const name = 'movielens-demo-start-glue-job';
const found = {
  FunctionName: name,
  State: 'Active',
  LastUpdateStatus: 'Successful',
  Runtime: 'python3.13',
  MemorySize: 128,
  Timeout: 30,
  LastModified: '2026-11-22T10:00:00.000+0000',
};

describe('lambda', () => {
  describeContract({
    adapter: lambda,
    stacks: [stackWith([['AWS::Lambda::Function', name]])],
    healthy: { GetFunctionConfiguration: () => found },
    ids: [name],
    gone: {
      answers: {
        GetFunctionConfiguration: () => {
          throw sdkError('ResourceNotFoundException', 'no such function', 404);
        },
      },
      id: name,
    },
    unknownStatus: {
      answers: {
        GetFunctionConfiguration: () => ({ ...found, State: 'Dreaming' }),
      },
      ids: [name],
    },
    action: 'lambda:GetFunctionConfiguration',
  });
});
