import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
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

/** Renders as GitHub does, with HTML, and empties the code spans. */
const toStructure = (markdown: string) =>
  micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  }).replace(/<code>[^<]*<\/code>/g, '<code>');

/** Puts another text in place of each that is not ours, and of those only. */
function withTexts(next: () => string): string {
  const does = ['added', 'changed', 'removed', 'replaced'] as const;
  const texts = () => [next(), next()];
  return previewToMarkdown(next(), {
    stacks: {
      [next()]: {
        ...stack,
        resources: does.map(each => ({
          logicalId: next(),
          physicalId: next(),
          type: next(),
          does: each,
          properties: [{ path: next(), before: next(), after: next() }],
          former: 'deleted',
          stateful: true,
        })),
        broader: [{ logicalId: next(), type: next(), of: 'iam', text: next() }],
        digest: next(),
        left: `left ${next()}`,
      },
    },
    release: { ...upload, prefix: next(), uploads: texts(), deletes: texts() },
    dags: { ...upload, prefix: next(), uploads: texts(), deletes: texts() },
  });
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...['`', '``', '```', '<!--', '-->', '<b>', '|', '\\', '\n', '\r\n'],
      ...[' ', '@a', '[x](http://x.example)', '![](x)', '*', '_', '~~', '#1'],
      ...['\u2028', '\u0085', '\u202e', '\u200b', '\n- ', '\n> ', '\n***\n'],
      ...['&#96;', 'a@b.example', 'https://x.example', '\n\n# x', '\n<div>\n'],
    ),
  }),
);

describe('previewToMarkdown', () => {
  it('lists what changes, with values', () => {
    const lines = preview().split('\n');
    const at = lines.indexOf('- changed: `Job`, `AWS::Glue::Job`');
    expect(lines.slice(at, at + 4)).toEqual([
      '- changed: `Job`, `AWS::Glue::Job`',
      '  - `NumberOfWorkers: 10 → 14`',
      '  - `` Description: a|b → <img src=x>`*` ``',
      '- replaced: `Data`, `AWS::S3::Bucket`',
    ]);
  });

  it('shows the same structure whatever the texts that are not ours', () => {
    const harmless = toStructure(withTexts(() => 'x'));
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 6 }), texts => {
        let at = 0;
        const next = () => `${texts[at++ % texts.length]}${at}`;
        expect(toStructure(withTexts(next))).toBe(harmless);
      }),
    );
  });

  it('warns of changes that require an allowance, and names exactly this change', () => {
    const text = preview();
    expect(text).toMatch(/⚠️ Resources with data in danger:\n- `Data/);
    expect(text).toContain('⚠️ Permissions get broader:\n- `Role`: `may x`');
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
