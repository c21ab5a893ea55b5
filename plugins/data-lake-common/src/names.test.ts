import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  environmentNamePattern,
  parameterNames,
  projectNamePattern,
  starterStates,
  starterTasks,
  tagKeys,
  toParameterPath,
  toPrefix,
  toRunId,
  toStackName,
} from './names';
import { toRunKey } from './run/runKey';
import { RunRequest } from './runRequest';

const root = resolve(__dirname, '../../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');

// Names that S3 reserves are too rare to be in the way of the shape.
const project = fc
  .stringMatching(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/)
  .filter(name => projectNamePattern.test(name));
const environment = fc.stringMatching(environmentNamePattern);

describe('names', () => {
  it('name one project and environment only', () => {
    fc.assert(
      fc.property(project, environment, (p, e) => {
        const [, foundP, foundE] = /^(.+)-([^-]+)$/.exec(toPrefix(p, e))!;
        expect([foundP, foundE]).toEqual([p, e]);
        expect(toStackName(p, e, 'foundations')).toBe(`${p}-${e}-foundations`);
      }),
    );
  });

  it.each(['ab', 'Movielens', '1movies', 'movies-', 'a'.repeat(21), 'a_b'])(
    'refuse project %s',
    name => expect(name).not.toMatch(projectNamePattern),
  );

  it.each(['d', 'Demo', '1demo', 'demo-1', 'a'.repeat(9)])(
    'refuse environment %s',
    name => expect(name).not.toMatch(environmentNamePattern),
  );
});

describe('toRunId', () => {
  it('is what a run request takes, and is in order of time', () => {
    const time = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, time, (a, b) => {
        const [first, second] = [toRunId(a, '7f3a'), toRunId(b, '7f3a')];
        expect(RunRequest.parse({ runId: first })).toEqual({
          runId: first,
          conf: {},
        });
        const isLater = a.getTime() + 1_000 <= b.getTime();
        expect(!isLater || first < second).toBe(true);
      }),
    );
  });

  it('is its own run key', () => {
    const runId = toRunId(new Date('2026-11-22T12:45:00Z'), '7f3a');
    expect([runId, toRunKey(runId)]).toEqual([
      '20261122T124500-7f3a',
      '20261122T124500-7f3a',
    ]);
  });
});

describe('the names of a generated project', () => {
  it.each(Object.values(starterTasks))('task %s is in its DAG', task => {
    expect(read('skeleton/dags/data_lake.py')).toContain(`"${task}"`);
    expect(read('ARCHITECTURE.md')).toContain(`\`${task}\``);
  });

  it.each(Object.values(starterStates))(
    'state $name is in its state machine, and the only one that starts so',
    ({ name, word }) => {
      const text = read('skeleton/statemachine/transform.asl.json');
      const states = [...text.matchAll(/^\s*"(\w+)": \{$/gm)].map(m => m[1]);
      expect(states).toContain(name);
      expect(
        states.filter(each => /^start/i.test(each) && word.test(each)),
      ).toEqual([name]);
    },
  );

  it('parameters are those of its stack, and of ARCHITECTURE.md', () => {
    const template = read('skeleton/infra/templates/foundations.template.json');
    const path = toParameterPath('${Project}', '${Environment}');
    const made = [
      ...template.matchAll(/"Fn::Sub":"(\/data-lake\/[^"]+\/[a-z-]+)"/g),
    ]
      .map(([, name]) => name)
      .filter(name => name.startsWith(path) && name !== path);
    expect(new Set(made)).toEqual(
      new Set(parameterNames.map(name => `${path}${name}`)),
    );
    expect(read('ARCHITECTURE.md')).toContain(
      `/data-lake/P/E/{${parameterNames.join(',')}}`,
    );
  });

  it.each(Object.values(tagKeys))('tag %s is one of ARCHITECTURE.md', tag => {
    expect(read('ARCHITECTURE.md')).toContain(`\`${tag}\``);
  });
});
