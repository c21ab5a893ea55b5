import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';

interface Operation {
  request?: object;
  answers: Record<string, { schema: object; example?: any }>;
}

const { api, schemas } = JSON.parse(
  readFileSync(join(__dirname, '__fixtures__/github.api.json'), 'utf8'),
) as { api: Record<string, Operation>; schemas: object };

// its descriptions use nullable and formats as OpenAPI does
const ajv = new Ajv({ strict: false, validateFormats: false });
const compiled = new Map<object, ReturnType<typeof ajv.compile>>();

/** Says what in a request is not as GitHub describes it. */
export function checkRequest(operation: string, body: unknown): string[] {
  const { request } = api[operation];
  if (!request) return [];
  return check(`request of ${operation}`, request, body);
}

/** Says what in an answer is not as GitHub describes it. */
export function checkAnswer(
  operation: string,
  answer: { status: number; body: unknown },
): string[] {
  const described = api[operation].answers[answer.status];
  if (!described) return [`${operation} never answers ${answer.status}`];
  const what = `answer ${answer.status} of ${operation}`;
  return check(what, described.schema, answer.body);
}

/** The answer of success that GitHub shows. */
export function exampleOf(operation: string): any {
  const answers = Object.values(api[operation].answers);
  return structuredClone(answers.find(({ example }) => example)!.example);
}

function check(what: string, schema: object, value: unknown): string[] {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile({ ...schema, $defs: schemas });
    compiled.set(schema, validate);
  }
  if (validate(value)) return [];
  return [`${what}: ${ajv.errorsText(validate.errors)}`];
}
