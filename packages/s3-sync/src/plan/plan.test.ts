import fc from 'fast-check';
import { sha256, UploadFile } from '../files/content';
import { ManifestEntry } from '../manifest/manifest';
import { planUpload, toReleasePrefix } from './plan';

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
  const known = new Map<string, ManifestEntry>(
    files.map(({ path, sha256: sha, size }) => [
      path,
      { path, sha256: sha, etag: etag(sha), size },
    ]),
  );
  return { known, etags };
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
    expect(planUpload({ files, ...before }).deleted).toEqual([]);
    expect(planUpload({ files, ...before, delete: true }).deleted).toEqual([
      'mine',
    ]);
  });

  it('refuses to delete nearly all', () => {
    const many = Array.from({ length: 30 }, (_, i) => file(`f${i}`));
    expect(() =>
      planUpload({ files: [file('f0')], ...uploaded(many), delete: true }),
    ).toThrow(/29 of 30 .* looks like a mistake.*maxDeleted: 29/);
    const said = { ...uploaded(many), delete: true, maxDeleted: 29 };
    const plan = planUpload({ files: [file('f0')], ...said });
    expect([plan.deleted.length, plan.deletesMany]).toEqual([29, true]);
    const few = planUpload({ files: many.slice(20), ...said });
    expect([few.deleted.length, few.deletesMany]).toEqual([20, false]);
    expect(() =>
      planUpload({
        files: many.slice(1),
        ...uploaded(many),
        delete: true,
        maxDeleted: 0,
      }),
    ).toThrow(/1 of 30/);
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
          deleted: [],
          deletesMany: false,
          forgotten: [],
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
        expect(prefix).toMatch(/^releases\/[0-9a-f]{12}\/$/);
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
