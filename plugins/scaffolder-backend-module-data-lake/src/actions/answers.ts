import { InputError } from '@backstage/errors';
import {
  FieldName,
  findFieldProblem,
} from '@data-lake/plugin-data-lake-common';

/**
 * The rule of each answer, which is that of `project.yaml`. It is no pattern of the input's schema: the scaffolder would
 * show the pattern in place of the words.
 */
export const answerRules = {
  name: 'projectName',
  environment: 'environmentName',
  owner: 'entityRef',
  description: 'description',
  system: 'systemRef',
  account: 'account',
  region: 'region',
  mwaaEnvironment: 'mwaaEnvironment',
  mwaaNetwork: 'optionalNetwork',
  emrSubnet: 'optionalSubnet',
  dataBucket: 'optionalBucket',
  codeBucket: 'optionalBucket',
  alertEmail: 'optionalEmail',
} satisfies Record<string, FieldName>;

/** Answers of a form; one that is absent is not asked for. */
export type Answers = Partial<Record<keyof typeof answerRules, string>>;

/** What a template may leave empty. */
const may = new Set(['description', 'system', 'mwaaEnvironment']);

/**
 * Refuses answers that could not be in a `project.yaml`, with the words of the form.
 *
 * @param nothing - what has not happened: `Nothing was created`
 * @throws InputError that names every wrong answer
 */
export function assertAnswers(answers: Answers, nothing: string): void {
  const problems = Object.entries(answerRules).flatMap(([key, field]) => {
    const answer = answers[key as keyof Answers];
    const isLeftOut = answer === undefined || (answer === '' && may.has(key));
    const problem = !isLeftOut && findFieldProblem(field, answer);
    return problem ? [`${key}: ${problem}`] : [];
  });
  if (problems.length === 0) return;
  throw new InputError(`${nothing}. ${problems.join('. ')}`);
}
