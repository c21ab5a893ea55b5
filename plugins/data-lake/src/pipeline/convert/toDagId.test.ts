import { makeEntity, makePipeline } from '../../__fixtures__';
import { toDagId } from './toDagId';

describe('toDagId', () => {
  it('takes the name from the newest run', () => {
    const [environment] = makePipeline('healthy').environments;
    environment.runs[0].steps[0].name = 'other';
    expect(toDagId(makeEntity('movielens'), environment)).toBe('other');
  });

  it('takes the name of the stack without its last part before the first run', () => {
    const [environment] = makePipeline('empty').environments;
    expect(toDagId(makeEntity('movielens'), environment)).toBe(
      'movielens-demo',
    );
  });
});
