import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
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
  return readTemplate(options);
}

/** Reads the template of a change set, after macros, as data; the ARN of a change set needs no stack. */
export async function readProcessedTemplate(
  options: Partial<StackSource> &
    Pick<StackSource, 'clients'> & { changeSetName: string },
): Promise<unknown> {
  return readTemplate(options);
}

async function readTemplate(
  options: Partial<StackSource> &
    Pick<StackSource, 'clients'> & { changeSetName?: string },
): Promise<unknown> {
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
          TemplateStage: 'Processed',
        }),
        { abortSignal: signal },
      ),
  );
  return parseTemplateText(TemplateBody ?? '{}').content;
}
