import { findStack } from '@data-lake/cloudformation';
import { findTakenStack } from './findTakenStack';

jest.mock('@data-lake/cloudformation', () => ({ findStack: jest.fn() }));

const find = (tags?: Record<string, string>) => {
  jest.mocked(findStack).mockResolvedValue(tags && ({ tags } as any));
  return findTakenStack({
    clients: {
      target: { account: '111122223333', region: 'eu-central-1' },
    } as any,
    stackName: 'movielens-demo-foundations',
    entity: 'component:default/movielens',
  });
};

describe('findTakenStack', () => {
  it.each([
    ['without a stack', undefined],
    ['for its own stack', 'component:default/movielens'],
    ['for its own stack in other letters', 'Component:default/MovieLens'],
  ])('finds nothing %s', async (_, owner) => {
    expect(
      await find(
        owner === undefined ? undefined : { 'data-lake:entity': owner },
      ),
    ).toBeUndefined();
  });

  it.each([
    [
      'another entity’s',
      { 'data-lake:entity': 'component:x/y' },
      / and belongs to component:x\/y\. Choose/,
    ],
    [
      'without an entity',
      {},
      /exists in 111122223333\/eu-central-1\. Choose another/,
    ],
  ])('finds a stack that is taken: %s', async (_, tags, message) => {
    expect(await find(tags)).toMatch(message);
  });
});
