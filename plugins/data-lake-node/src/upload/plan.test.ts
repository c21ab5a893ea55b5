import fc from 'fast-check';
import { sha256 } from './files';
import { Manifest } from './manifest';
import { planUpload, toReleasePrefix, UploadFile } from './plan';

const file = (path: string, text = path): UploadFile => {
  const bytes = Buffer.from(text);
  return { path, sha256: sha256(bytes), bytes };
};

const etag = (text: string) => `"${sha256(text).slice(0, 32)}"`;

/** What a finished upload of these files leaves in the bucket. */
function uploaded(files: UploadFile[]) {
  const etags = new Map(files.map(f => [f.path, etag(f.sha256)]));
  const manifest: Manifest = {
    version: 1,
    files: Object.fromEntries(
      files.map(f => [
        f.path,
        { sha256: f.sha256, etag: etag(f.sha256), size: f.bytes.length },
      ]),
    ),
  };
  return { manifest, etags };
}

const nothing = uploaded([]);

const paths = fc.uniqueArray(
  fc
    .array(fc.constantFrom('a', 'B', 'b', 'ü', 'x y', '#', '日本'), {
      minLength: 1,
      maxLength: 4,
    })
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
    ).toThrow(/29 of 30 .* looks like a mistake/);
  });

  it('does nothing the second time, and misses no file the first', () => {
    fc.assert(
      fc.property(paths, names => {
        const files = names.map(name => file(name));
        const first = planUpload({ files, ...nothing, delete: true });
        expect(first.waves.flat()).toHaveLength(files.length);
        const second = planUpload({ files, ...uploaded(files), delete: true });
        expect(second).toEqual({ waves: [], unchanged: files, deleted: [] });
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
