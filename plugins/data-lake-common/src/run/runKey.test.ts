import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { listRunKeys, toRunKey } from './runKey';

/** The lines by which the tests of the generated project hold its DAG and jobs: a run id, below it its key. */
const ofProject = readFileSync(
  resolve(__dirname, '../../../../skeleton/tests/jobs/test_run_key.py'),
  'utf8',
);
const lines = /^LINES = """\n([^"]*)\n"""/m.exec(ofProject)![1].split('\n');
const keys = lines.flatMap((runId, at) =>
  at % 2 === 0 ? [[runId, lines[at + 1]]] : [],
);

describe('toRunKey', () => {
  it('finds the list of the generated project', () => {
    expect(keys.length).toBeGreaterThan(10);
  });

  it.each(keys)('makes of %s the key %s, as the DAG does', (runId, key) => {
    expect(toRunKey(runId)).toBe(key);
  });

  const characters = fc.constantFrom(...'aB0-_~.:+');
  const runId = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.array(characters, { minLength: 60, maxLength: 70 }).map(a => a.join('')),
    fc.array(characters, { maxLength: 3 }).map(a => a.join('')),
  );

  it('is a name that AWS takes', () => {
    fc.assert(
      fc.property(runId, id => {
        expect(toRunKey(id)).toMatch(/^[A-Za-z0-9-]{0,64}$/);
      }),
    );
  });

  it('never gives two runs one key, not even a run that is called as the key of another', () => {
    fc.assert(
      fc.property(runId, runId, (a, b) => {
        const ids = [a, b, toRunKey(a), toRunKey(b), toRunKey(toRunKey(a))];
        const distinct = new Set(ids);
        expect(new Set([...distinct].map(toRunKey)).size).toBe(distinct.size);
      }),
    );
  });
});

describe('listRunKeys', () => {
  it('knows the key of projects that were generated before', () => {
    expect(listRunKeys('20261122T124500-7f3a')).toEqual([
      '20261122T124500-7f3a',
    ]);
    expect(listRunKeys('backfill~1')).toEqual([
      toRunKey('backfill~1'),
      'backfill-1',
    ]);
    expect(listRunKeys('a'.repeat(70))[1]).toBe('a'.repeat(64));
  });
});
