import { readFile } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  joinReach,
  parseTemplate,
  Template,
  toTemplateRules,
} from '@data-lake/cloudformation';
import { AwsServices } from './awsServices';
import { SpecInput } from './stackInput';

/**
 * Reads the template of a step, and checks it against the rules of its account.
 *
 * @throws InputError if not exactly one of file and text is given, if the file is missing, or if the
 * template breaks a rule
 */
export async function readTemplate(
  { settings, reserved }: Pick<AwsServices, 'settings' | 'reserved'>,
  { workspacePath, input }: { workspacePath: string; input: SpecInput },
): Promise<Template> {
  const text = await readText(workspacePath, input);
  const rules = toTemplateRules(settings, input.account);
  const reach = joinReach(rules.reach, reserved);
  return parseTemplate(text, { ...rules, reach });
}

async function readText(
  workspacePath: string,
  { templatePath, templateBody }: SpecInput,
): Promise<string> {
  if ((templatePath === undefined) === (templateBody === undefined)) {
    throw new InputError('Give either templatePath or templateBody');
  }
  if (templateBody !== undefined) return templateBody;
  try {
    const path = resolveSafeChildPath(workspacePath, templatePath!);
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    throw new InputError(`The workspace has no template ${templatePath}`);
  }
}
