/** The keywords of JSON Schema that the schema of `project.yaml` uses. @public */
export interface DocumentSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, DocumentSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: DocumentSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly DocumentSchema[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** What is said of a text that breaks the pattern. */
  readonly errorMessage?: string;
  /** At the root: what values must be to each other. */
  readonly 'x-rules'?: readonly DocumentRule[];
}

/** A rule between values, whose paths have `*` for each entry of a list. @public */
export type DocumentRule =
  | { readonly unique: readonly string[]; readonly errorMessage: string }
  | {
      readonly every: string;
      readonly among: string;
      readonly errorMessage: string;
    }
  | {
      readonly equal: string;
      /** With the path of another value in braces. */
      readonly to: string;
      readonly errorMessage: string;
    };

const maxProblems = 20;

/**
 * Lists what a document breaks of its schema, at most twenty lines such as
 * `environments.0.emr: unknown key subnetID, did you mean subnetId?`. A generated project has this function twice, in `infra/lib` and in `dags/mwaalib`: all
 * say the same.
 *
 * @public
 */
export function listProblems(value: unknown, schema: DocumentSchema): string[] {
  const problems = listOfValue(value, schema, '');
  if (problems.length > 0) return problems.slice(0, maxProblems);
  return findBrokenRules(value, schema['x-rules'] ?? []);
}

/** Lists the lines of the rules between values that a document breaks. */
export function findBrokenRules(document: unknown, rules: readonly DocumentRule[]): string[] {
  return rules.filter((rule) => !isKept(document, rule)).map((rule) => fill(rule.errorMessage, document));
}

function listOfValue(value: unknown, schema: DocumentSchema, path: string): string[] {
  const { anyOf, type, errorMessage } = schema;
  const say = (text: string) => [path ? `${path}: ${text}` : text];
  if (anyOf) {
    const each = anyOf.map((option) => listOfValue(value, option, path));
    return each.some((problems) => problems.length === 0) ? [] : each[0]!;
  }
  if (type && !isOfType(value, type)) return say(toTypeWords(value, type));
  if (schema.enum && !schema.enum.includes(value)) {
    return say(`must be ${schema.enum.join(' or ')}`);
  }
  if (typeof value === 'string') {
    const { pattern } = schema;
    const fits = !pattern || new RegExp(pattern, 'u').test(value);
    return fits ? [] : say(errorMessage ?? `must match ${pattern}`);
  }
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    const fits = value >= minimum && value <= maximum;
    return fits ? [] : say(`must be from ${minimum} to ${maximum}`);
  }
  if (Array.isArray(value)) return listOfList(value, schema, path);
  if (value === null || typeof value !== 'object') return [];
  return listOfMapping(value as Record<string, unknown>, schema, path);
}

function listOfList(
  values: readonly unknown[],
  { items, minItems = 0, maxItems = Infinity }: DocumentSchema,
  path: string,
): string[] {
  if (values.length < minItems) {
    return [`${path}: must have ${minItems} or more entries`];
  }
  if (values.length > maxItems) {
    return [`${path}: must have ${maxItems} or fewer entries`];
  }
  const problems: string[] = [];
  for (const [index, value] of values.entries()) {
    if (!items || problems.length >= maxProblems) break;
    problems.push(...listOfValue(value, items, `${path}.${index}`));
  }
  return problems;
}

function listOfMapping(values: Record<string, unknown>, schema: DocumentSchema, path: string): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const say = (text: string) => (path ? `${path}: ${text}` : text);
  const known = Object.keys(properties);
  const has = (key: string) => Object.hasOwn(values, key);
  return [
    ...required.filter((key) => !has(key)).map((key) => say(`lacks ${key}`)),
    ...known
      .filter(has)
      .flatMap((key) => listOfValue(values[key], properties[key]!, path ? `${path}.${key}` : key)),
    ...(additionalProperties === false ? Object.keys(values) : [])
      .filter((key) => !known.includes(key))
      .slice(0, maxProblems)
      .map((key) => say(toUnknownWords(key, known))),
  ];
}

const typeWords: Record<string, string> = {
  string: 'must be text',
  boolean: 'must be true or false',
  integer: 'must be a whole number',
  array: 'must be a list',
  object: 'must be a mapping of keys to values',
  null: 'must be null',
};

function toTypeWords(value: unknown, type: string): string {
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  return `${typeWords[type]}${type === 'string' && isScalar ? ': put it in quotes' : ''}`;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type !== 'object') return typeof value === type;
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key may be as long as a file: a hint is for those that may be a misspelling. */
function toUnknownWords(key: string, known: readonly string[]): string {
  const nearest = known
    .map((name) => [countEdits(key.toLowerCase(), name.toLowerCase()), name])
    .filter(([edits]) => (edits as number) <= 2)
    .sort(([a], [b]) => (a as number) - (b as number))[0];
  const shown = Array.from(key).slice(0, 60).join('');
  return nearest
    ? `unknown key ${shown}, did you mean ${nearest[1]}?`
    : `unknown key ${shown}; known keys are ${known.join(', ')}`;
}

/** Levenshtein's distance; that of words of very different length is not counted. */
function countEdits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + differs));
    }
    row = next;
  }
  return row[b.length]!;
}

function isKept(document: unknown, rule: DocumentRule): boolean {
  if ('unique' in rule) {
    const all = rule.unique.flatMap((path) => listTexts(document, path));
    return new Set(all).size === all.length;
  }
  if ('every' in rule) {
    const known = listTexts(document, rule.among);
    return listTexts(document, rule.every).every((each) => known.includes(each));
  }
  const wanted = fill(rule.to, document).toLowerCase();
  return listTexts(document, rule.equal).every((each) => each.toLowerCase() === wanted);
}

/** Replaces paths in braces by the text at them. */
function fill(text: string, document: unknown): string {
  return text.replace(/\{([a-zA-Z.]+)\}/g, (_, path: string) => listTexts(document, path)[0] ?? '');
}

function listTexts(document: unknown, path: string): string[] {
  let values = [document];
  for (const key of path.split('.')) {
    values = values.flatMap((value) => {
      if (key === '*') return Array.isArray(value) ? value : [];
      const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isMapping && Object.hasOwn(value, key) ? [(value as Record<string, unknown>)[key]] : [];
    });
  }
  return values.filter((value) => typeof value === 'string');
}
