import * as fc from 'fast-check';
import { sortByStackOrder, stackOrder } from './stackOrder';

const sort = (names: string[]) => sortByStackOrder(names, name => name);

describe('sortByStackOrder', () => {
  it('puts the known stacks in their order, however they are listed', () => {
    const anyOrder = fc.shuffledSubarray([...stackOrder]);
    fc.assert(
      fc.property(anyOrder, names => {
        expect(sort(names)).toEqual(
          stackOrder.filter(name => names.includes(name)),
        );
      }),
    );
  });

  it('puts an unknown stack after foundations and before observability', () => {
    expect(sort(['observability', 'own', 'foundations', 'mwaa'])).toEqual([
      'mwaa',
      'foundations',
      'own',
      'observability',
    ]);
  });
});
