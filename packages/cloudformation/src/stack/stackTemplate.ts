import {
  GetTemplateCommand,
  TemplateStage,
} from '@aws-sdk/client-cloudformation';
import { calling } from '@data-lake/aws';
import { parseTemplateText } from '../template/templateText';
import { StackSource } from './stack';

/**
 * Reads the template of a stack, after macros, as data.
 *
 * @public
 */
export async function readStackTemplate(
  options: StackSource,
): Promise<unknown> {
  return toContent(await readText(options));
}

/**
 * Reads the text of the template of a stack, or of a change set of it, after macros: what was sent, if it has none, but
 * with ? for each character that is not ASCII. To deploy it again, set `keepsTemplate`.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1220
 * @public
 */
export async function readStackTemplateText(
  options: StackSource & { changeSetName?: string },
): Promise<string> {
  return readText(options);
}

/** Reads the template of a change set, after macros, as data; the ARN of a change set needs no stack. */
export async function readProcessedTemplate(
  options: Partial<StackSource> &
    Pick<StackSource, 'clients'> & { changeSetName: string },
): Promise<unknown> {
  return toContent(await readText(options));
}

/** Reads the text from which CloudFormation has made a change set, before macros. */
export async function readOriginalText(
  options: StackSource & { changeSetName: string },
): Promise<string> {
  return readText(options, 'Original');
}

async function readText(
  options: Partial<StackSource> &
    Pick<StackSource, 'clients'> & { changeSetName?: string },
  stage: TemplateStage = 'Processed',
): Promise<string> {
  const { clients, stackId, changeSetName, signal } = options;
  const { TemplateBody } = await calling(
    {
      what: `reading the template of ${
        stackId ? `stack ${stackId}` : changeSetName
      }`,
      action: 'cloudformation:GetTemplate',
    },
    () =>
      clients.cloudformation.send(
        new GetTemplateCommand({
          StackName: stackId,
          ChangeSetName: changeSetName,
          TemplateStage: stage,
        }),
        { abortSignal: signal },
      ),
  );
  return TemplateBody ?? '{}';
}

const toContent = (text: string): unknown => parseTemplateText(text).content;
