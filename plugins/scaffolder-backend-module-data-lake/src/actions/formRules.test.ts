import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fieldRules } from '@data-lake/plugin-data-lake-common';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { answerRules, assertAnswers } from './answers';

/*
 * A form, and the action that gets its answers, judge each answer alike and say the same of a wrong one. A template
 * cannot import a rule, so each has a copy of it.
 */
const templates = resolve(__dirname, '../../../../templates');

/** Questions whose answers the code of a field limits to what there is. */
const pickers = ['entityRef', 'repoUrl', 'repository'];

interface Question {
  type?: string;
  enum?: unknown[];
  pattern?: string;
  errorMessage?: { pattern?: string };
}

/** Lists the questions of a form that are answered with any text. */
function listQuestions(name: string): [name: string, question: Question][] {
  const found: [string, Question][] = [];
  const walk = (value: any) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, question] of Object.entries<any>(value.properties ?? {})) {
      const isText = question.type === 'string' && !question.enum;
      if (isText && !pickers.includes(key)) found.push([key, question]);
    }
    Object.values(value).forEach(walk);
  };
  const text = readFileSync(resolve(templates, name, 'template.yaml'), 'utf8');
  walk(parse(text).spec.parameters);
  return found;
}

const questions = ['mwaa-data-lake', 'data-lake-environment'].flatMap(name =>
  listQuestions(name).map(
    ([key, question]) => [name, key, question] as [string, string, Question],
  ),
);
const ruleOf = (key: string) =>
  fieldRules[answerRules[key as keyof typeof answerRules]];

it('asks for all that an action has a rule for', () => {
  const asked = new Set(questions.map(([, key]) => key));
  expect([...asked].sort()).toEqual(Object.keys(answerRules).sort());
});

it.each(questions)(
  '%s asks for %s by the rule, in its words',
  (_, key, question) => {
    expect(question.pattern).toBe(ruleOf(key).pattern.source);
    expect(question.errorMessage?.pattern).toBe(ruleOf(key).words);
  },
);

const samples = [
  ...['', ' ', 'a', 'ab', 'demo', 'no', 'on', 'true', 'null', '1e3', '-', '--'],
  ...['a b', 'a\n', '\na', 'a\nb', 'a\u0000', 'a\u0085b', '\u2028', '\ufeffa'],
  ...['movielens', 'Movielens', 'movielens-', 'a'.repeat(20), 'a'.repeat(21)],
  ...['xn--lake', 'sthree-lake', 'amzn-s3-demo-lake', 'lake-s3alias'],
  ...[
    'lake--ol-s3',
    'lake.mrap',
    'lake--x-s3',
    'lake--table-s3',
    'a..b',
    '1.2.3.4',
  ],
  ...['000000000000', '12345678901', '１２３４５６７８９０１２'],
  ...[
    'us-east-1',
    'us-gov-west-1',
    'us-isob-east-1',
    'eusc-de-east-1',
    'us-east',
  ],
  ...['a@example.com', 'a@.com', 'a@b', '$(id)@example.com', 'a@example.com\n'],
  ...[
    'a.b+c@mail.example.co.uk',
    'a..b@example.com',
    'a@-b.com',
    'a@b.c',
    '@b.com',
  ],
  ...[
    'group:default/data',
    'system:default/lake',
    'system:other/lake',
    'user:x',
  ],
  ...[
    'sg-1,subnet-1,subnet-2',
    'sg-1,subnet-1',
    'subnet-1',
    'sg-x,subnet-1,subnet-2',
  ],
  ...['é', '🙂', '\ud83d', '\u202eabc', 'x'.repeat(200), 'x'.repeat(201)],
];

it.each(questions)('%s judges %s as the action does', (_, key, question) => {
  // An empty text is no answer: whether there must be one, the form says in `required`.
  for (const sample of samples.filter(each => each !== '')) {
    const { valid } = validate(sample, { ...question, minLength: 0 } as object);
    const words = `Nothing was done. ${key}: ${ruleOf(key).words}`;
    expect([sample, listRefusals(key, sample)]).toEqual([
      sample,
      valid ? [] : [words],
    ]);
  }
});

function listRefusals(key: string, answer: string): string[] {
  try {
    assertAnswers({ [key]: answer }, 'Nothing was done');
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
