import { previewUpload } from '@data-lake/s3-sync';
import { runCheck } from '../__testUtils__/verifyContext';
import { dagFilesCheck } from './dagFiles';

jest.mock('@data-lake/s3-sync', () => ({ previewUpload: jest.fn() }));

const check = (change: object = {}) => {
  jest.mocked(previewUpload).mockResolvedValue({
    uploads: [],
    deletes: [],
    unchanged: 3,
    ...change,
  } as any);
  return runCheck(dagFilesCheck);
};

describe('the check of the DAG’s files', () => {
  it('passes with the repository’s files', async () => {
    expect(await check()).toEqual({
      state: 'passed',
      reason: '3 files in s3://airflow-bucket/dags/movielens-demo/',
    });
    expect(previewUpload).toHaveBeenCalledWith(
      expect.objectContaining({ bucket: 'airflow-bucket', delete: true }),
    );
  });

  it('fails with each file that differs', async () => {
    expect(await check({ uploads: ['a.py'], deletes: ['old.py'] })).toEqual({
      state: 'failed',
      reason:
        's3://airflow-bucket/dags/movielens-demo/ differs in a.py, old.py (not in the repository)',
      remedy: 'Deploy this commit',
    });
  });
});
