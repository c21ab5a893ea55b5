import { UploadFile } from '../files/uploadFile';
import { logPlan } from './logPlan';

const file = (path: string) => ({ path, size: 2 } as UploadFile);

function linesOf(plan: { unchanged: UploadFile[] }): string[] {
  const lines: string[] = [];
  const to = { bucket: 'lake', prefix: 'dags/' } as any;
  const rest = { waves: [[file('a.py')]], deletes: ['b.py'], forgotten: [] };
  logPlan(to, { ...rest, uploadedBefore: 2, ...plan }, line =>
    lines.push(line),
  );
  return lines;
}

describe('logPlan', () => {
  it('has a line for each upload and deletion, and the number of unchanged files', () => {
    expect(linesOf({ unchanged: [file('c.py'), file('d.py')] })).toEqual([
      '  + s3://lake/dags/a.py (2 bytes)',
      '  - s3://lake/dags/b.py',
      '2 files in s3://lake/dags/ are unchanged',
    ]);
  });

  it('says that one file is unchanged', () => {
    expect(linesOf({ unchanged: [file('c.py')] }).at(-1)).toBe(
      '1 file in s3://lake/dags/ is unchanged',
    );
  });
});
