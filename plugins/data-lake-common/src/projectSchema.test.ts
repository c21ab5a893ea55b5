import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fieldRules } from './fieldRules';
import { Project, projectSchema } from './project';

const skeleton = resolve(__dirname, '../../../skeleton');

const read = (path: string) => readFileSync(resolve(skeleton, path), 'utf8');

/** Code without what formatters differ in. */
const toBare = (code: string) =>
  code
    .replace(/\s+/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/\((\w+)\)=>/g, '$1=>');

describe('the files of a generated project', () => {
  it('have the JSON schema of project.yaml, which UPDATE=true writes', () => {
    const path = 'dags/mwaalib/project.schema.json';
    const text = `${JSON.stringify(projectSchema, null, 2)}\n`;
    if (process.env.UPDATE) writeFileSync(resolve(skeleton, path), text);
    expect(read(path)).toBe(text);
  });

  it('have the same check of it', () => {
    const ours = readFileSync(resolve(__dirname, 'listProblems.ts'), 'utf8');
    expect(toBare(read('infra/lib/list-problems.ts'))).toBe(toBare(ours));
  });
});

/** The keywords that all three checks know. */
const keywords = [
  ...['$schema', 'title', 'description', 'default', 'errorMessage', 'x-rules'],
  ...['type', 'properties', 'required', 'additionalProperties', 'items'],
  ...['minItems', 'maxItems', 'enum', 'anyOf', 'pattern', 'minimum', 'maximum'],
];

describe('projectSchema', () => {
  const nodes: [path: string, node: any][] = [];
  const walk = (node: any, path: string) => {
    nodes.push([path, node]);
    for (const [key, each] of Object.entries(node.properties ?? {})) {
      walk(each, `${path}.${key}`);
    }
    if (node.items) walk(node.items, `${path}.*`);
    for (const each of node.anyOf ?? []) walk(each, path);
  };
  walk(projectSchema, '');

  it.each(nodes)(
    'has only keywords that every reader knows (%s)',
    (_, node) => {
      const unknown = Object.keys(node).filter(key => !keywords.includes(key));
      expect(unknown).toEqual([]);
    },
  );

  it.each(nodes.filter(([, node]) => node.pattern))(
    'says what a text must be (%s)',
    (_, { pattern, errorMessage }) => {
      // Python matches the whole text: a pattern without both ends would mean something else there.
      expect(pattern).toMatch(/^\^\(.*\)\$$/);
      expect(errorMessage).toMatch(/^must be /);
    },
  );

  it.each(nodes.filter(([, node]) => node.type === 'object'))(
    'takes no unknown key (%s)',
    (_, node) => expect(node.additionalProperties).toBe(false),
  );

  it.each(nodes.filter(([path, node]) => path && !node.anyOf))(
    'describes each key for an editor (%s)',
    (path, node) => {
      if (path.endsWith('.*') || node.type === 'null') return;
      const isDescribed = nodes.some(
        ([other, each]) => other === path && each.description,
      );
      expect([path, isDescribed]).toEqual([path, true]);
    },
  );
});

it('refuses in zod what it refuses in words', () => {
  const { error } = Project.safeParse({ name: 'Ab' });
  const messages = error!.issues.map(({ message }) => message);
  expect(messages).toContain(fieldRules.projectName.words);
});
