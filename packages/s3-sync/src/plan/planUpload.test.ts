import fc from 'fast-check';
import { sha256 } from '@data-lake/aws';
import { UploadFile } from '../files/uploadFile';
import { ManifestEntry } from '../manifest/manifest';
import { planUpload } from './planUpload';
import { toReleasePrefix } from './toReleasePrefix';
import { assertUploadAllowed, findUploadGates } from './uploadGates';

const file = (path: string, text = path): UploadFile => {
  const bytes = Buffer.from(text);
  return {
    path,
    sha256: sha256(bytes),
    size: bytes.length,
    content: { bytes },
  };
};

const etag = (text: string) => `"${sha256(text).slice(0, 32)}"`;

/** What a finished upload of these files leaves in the bucket. */
function uploaded(files: UploadFile[]) {
  const etags = new Map(files.map(f => [f.path, etag(f.sha256)]));
  const entries = new Map<string, ManifestEntry>(
    files.map(({ path, sha256: sha, size }) => [
      path,
      { path, sha256: sha, etag: etag(sha), size },
    ]),
  );
  return { entries, etags };
}

const nothing = uploaded([]);

const paths = fc.uniqueArray(
  fc
    .array(
      fc.constantFrom('a', 'B', 'b', '\u00fc', 'u\u0308', 'x y', '__proto__'),
      { minLength: 1, maxLength: 4 },
    )
    .map(parts => parts.join('/')),
);

describe('planUpload', () => {
  it('uploads libraries before what uses them', () => {
    const files = [file('dag.py'), file('mwaalib/emr.py')];
    const { waves } = planUpload({ files, ...nothing });
    expect(waves.map(wave => wave.map(f => f.path))).toEqual([
      ['mwaalib/emr.py'],
      ['dag.py'],
    ]);
  });

  it('takes an order, and what is not in it goes last', () => {
    const files = ['z.py', 'a/x', 'b/x'].map(path => file(path));
    const { waves } = planUpload({ files, ...nothing, order: ['b/**', '*'] });
    expect(waves.map(wave => wave.map(f => f.path))).toEqual([
      ['b/x'],
      ['z.py'],
      ['a/x'],
    ]);
  });

  it('uploads again what changed, and what is no more as it was uploaded', () => {
    const before = uploaded([file('a', 'old'), file('b'), file('c')]);
    before.etags.set('b', '"edited by hand"');
    before.etags.delete('c');
    const files = [file('a', 'new'), file('b'), file('c')];
    const plan = planUpload({ files, ...before });
    expect(plan.waves.flat().map(f => f.path)).toEqual(['a', 'b', 'c']);
  });

  it('deletes only what it uploaded, and only when asked', () => {
    const before = uploaded([file('mine'), file('kept')]);
    before.etags.set('foreign', '"x"');
    const files = [file('kept')];
    expect(planUpload({ files, ...before }).deletes).toEqual([]);
    expect(planUpload({ files, ...before, delete: true }).deletes).toEqual([
      'mine',
    ]);
  });

  it('refuses to delete nearly all, unless the caller allows it', () => {
    const many = Array.from({ length: 30 }, (_, i) => file(`f${i}`));
    const planWith = (files: UploadFile[]) =>
      planUpload({ files, ...uploaded(many), delete: true });
    const most = planWith([file('f0')]);
    expect(most.deletes).toHaveLength(29);
    expect(findUploadGates(most)).toEqual([
      '29 of 30 uploaded files would be deleted, which looks like a mistake. If this is intended, set maxDeleted: 29',
    ]);
    expect(() => assertUploadAllowed(most, {})).toThrow(
      /^Nothing was uploaded: 29 of 30 .* set maxDeleted: 29$/,
    );
    expect(findUploadGates(most, { maxDeleted: 29 })).toEqual([]);
    expect(() => assertUploadAllowed(most, { maxDeleted: 29 })).not.toThrow();
    const usual = planWith(many.slice(20));
    expect(usual.deletes).toHaveLength(20);
    expect(findUploadGates(usual)).toEqual([]);
    expect(
      findUploadGates(planWith(many.slice(1)), { maxDeleted: 0 })[0],
    ).toMatch(/^1 of 30/);
  });

  it('plans 10,000 files, each once', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      file(`d${i % 7}/f${i}`),
    );
    const plan = planUpload({ files: many, ...uploaded(many.slice(1)) });
    expect(plan.waves.flat()).toEqual([many[0]]);
    expect(plan.unchanged).toHaveLength(9_999);
  });

  it('does nothing the second time, and misses no file the first', () => {
    fc.assert(
      fc.property(paths, names => {
        const files = names.map(name => file(name));
        const first = planUpload({ files, ...nothing, delete: true });
        expect(first.waves.flat()).toHaveLength(files.length);
        const second = planUpload({ files, ...uploaded(files), delete: true });
        expect(second).toEqual({
          waves: [],
          unchanged: files,
          deletes: [],
          forgotten: [],
          uploadedBefore: files.length,
        });
      }),
    );
  });
});

describe('toReleasePrefix', () => {
  it('depends on paths and contents, not on order', () => {
    fc.assert(
      fc.property(paths, names => {
        const files = names.map(name => file(name));
        const prefix = toReleasePrefix(files);
        expect(prefix).toMatch(/^releases\/[0-9a-f]{64}\/$/);
        expect(toReleasePrefix([...files].reverse())).toBe(prefix);
      }),
    );
    expect(toReleasePrefix([file('a', '1')])).not.toBe(
      toReleasePrefix([file('a', '2')]),
    );
    expect(toReleasePrefix([file('a', '1')])).not.toBe(
      toReleasePrefix([file('b', '1')]),
    );
  });
});
