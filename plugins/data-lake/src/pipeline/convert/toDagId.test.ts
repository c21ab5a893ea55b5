import { makeEntity, makePipeline } from '../../__fixtures__/pipelines';
import { toDagId } from './toDagId';

describe('toDagId', () => {
  it('is what the newest run says', () => {
    const [environment] = makePipeline('healthy').environments;
    environment.runs[0].steps[0].name = 'other';
    expect(toDagId(makeEntity('movielens'), environment)).toBe('other');
  });

  it('is the stack without its last part before the first run', () => {
    const [environment] = makePipeline('empty').environments;
    expect(toDagId(makeEntity('movielens'), environment)).toBe(
      'movielens-demo',
    );
  });
});
