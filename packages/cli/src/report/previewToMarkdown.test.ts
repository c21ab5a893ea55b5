import { Preview } from '@data-lake/cloudformation';
import { ProjectPreview } from '@data-lake/plugin-data-lake-node';
import { previewToMarkdown } from './previewToMarkdown';

const stack: Preview = {
  does: 'update',
  resources: [
    {
      logicalId: 'Job',
      type: 'AWS::Glue::Job',
      does: 'changed',
      properties: [
        { path: 'NumberOfWorkers', before: '10', after: '14' },
        { path: 'Description', before: 'a|b', after: '<img src=x>`*`' },
      ],
      stateful: false,
    },
    {
      logicalId: 'Data',
      type: 'AWS::S3::Bucket',
      does: 'replaced',
      properties: [{ path: 'BucketName', replaces: true }],
      former: 'deleted',
      stateful: true,
    },
  ],
  broader: [
    { logicalId: 'Role', type: 'AWS::IAM::Role', of: 'iam', text: 'may x' },
  ],
  cost: {
    usdPerMonth: 0,
    change: 0,
    items: [],
    unknown: [],
    pricesOf: 'us-east-1',
    asOf: '2026-11-27',
  },
  digest: 'a'.repeat(64),
  templateBytes: 1,
};

const upload = {
  prefix: 'dags/x/',
  uploads: ['a.py'],
  deletes: [],
  deletesMany: false,
  uploadedBefore: 30,
  unchanged: 2,
};

const preview = (dags: Partial<ProjectPreview['dags']> = {}) =>
  previewToMarkdown('lake-demo', {
    stacks: { foundations: stack },
    release: { ...upload, uploads: [], prefix: 'releases/1/' },
    dags: { ...upload, ...dags },
  });

describe('previewToMarkdown', () => {
  it('lists values in a table that no value breaks', () => {
    const rows = preview()
      .split('\n')
      .filter(line => line.startsWith('| changed'));
    expect(rows).toEqual([
      '| changed | `Job` | AWS::Glue::Job | NumberOfWorkers: 10 → 14<br>Description: a&#124;b → &#60;img src=x&#62;&#96;&#42;&#96; |',
    ]);
  });

  it('warns of changes that require an allowance, and names exactly this change', () => {
    const text = preview();
    expect(text).toMatch(/⚠️ Resources with data in danger:\n- .*Data/);
    expect(text).toContain('⚠️ Permissions get broader:\n- `Role`: may x');
    expect(text).toContain(`\`--previewed foundations=${'a'.repeat(64)}\``);
    expect(text).toContain('### Release of scripts `releases/1/`: no changes');
    expect(text).not.toContain('--max-deleted');
  });

  it('names the option that many deletions require', () => {
    const deletes = Array.from({ length: 25 }, (_, at) => `${at}.py`);
    expect(preview({ deletes, deletesMany: true })).toContain(
      '⚠️ Deletes 25 files:\n- may be a mistake; to allow it: `--max-deleted 25`',
    );
  });
});
