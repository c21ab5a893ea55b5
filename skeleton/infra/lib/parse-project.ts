import { readFileSync } from 'node:fs';
import { isAlias, isScalar, parseDocument, visit } from 'yaml';
import { listProblems } from './list-problems.ts';
import type { Project } from './project.ts';

/** The JSON schema of project.yaml, which the DAG checks too. */
const schema = JSON.parse(
  readFileSync(new URL('../../dags/mwaalib/project.schema.json', import.meta.url), 'utf8'),
);

/** Parses a project.yaml; throws an error that names each key that breaks the schema. */
export function parseProject(text: string): Project {
  const values = parseYaml(text);
  const problems = listProblems(values, schema);
  if (problems.length > 0) throw new Error(`project.yaml is invalid: ${problems.join('; ')}`);
  const project = withDefaults(values, schema) as Project;
  return { ...project, entity: project.entity.toLowerCase() };
}

function parseYaml(text: string): unknown {
  const refuse = (why: string) => new Error(`project.yaml cannot be parsed: ${why}`);
  const unreadable = UNREADABLE.exec(text)?.[0];
  if (unreadable) {
    const code = unreadable.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw refuse(`it has the character U+${code}, which readers of YAML take differently`);
  }
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors[0]) throw refuse(document.errors[0].message);
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node) || node.anchor || node.tag) throw refuse('anchors, aliases and tags are not allowed');
    },
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) throw refuse('a key must be text');
        if (seen.has(key.source)) throw refuse(`duplicate key ${key.source}`);
        seen.add(key.source);
      }
    },
  });
  return document.toJS();
}

/** Readers differ in what ends a line, and some refuse the rest. */
const UNREADABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/;

/** Adds the defaults of the schema. */
function withDefaults(value: unknown, schema: any): unknown {
  if (Array.isArray(value)) return value.map((item) => withDefaults(item, schema.items ?? {}));
  if (typeof value !== 'object' || value === null) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [key, rule] of Object.entries<any>(schema.properties ?? {})) {
    if (key in filled) filled[key] = withDefaults(filled[key], rule);
    else if ('default' in rule) filled[key] = rule.default;
  }
  return filled;
}
