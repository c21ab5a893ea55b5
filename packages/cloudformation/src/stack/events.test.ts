import { findFailedEvent, StackEvent } from './events';

const event = (change: Partial<StackEvent>): StackEvent => ({
  id: Math.random().toString(),
  at: new Date(0),
  stackId: 'stack',
  logicalId: 'X',
  type: 'AWS::SNS::Topic',
  status: 'CREATE_FAILED',
  ofStack: false,
  ...change,
});

describe('findFailedEvent', () => {
  it('is the first failure that was not cancelled with the others', () => {
    const cause = event({ logicalId: 'Bucket', reason: 'already exists' });
    expect(
      findFailedEvent([
        event({ status: 'CREATE_IN_PROGRESS' }),
        event({ reason: 'Resource creation cancelled' }),
        cause,
        event({ logicalId: 'Later', reason: 'too' }),
        event({ ofStack: true, reason: 'The following resource(s) failed' }),
      ]),
    ).toBe(cause);
  });

  it('is the stack itself if no resource has a reason', () => {
    const stack = event({ ofStack: true, reason: 'Validation failed' });
    expect(findFailedEvent([stack])).toBe(stack);
  });
});
