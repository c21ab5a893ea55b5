import {
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { AwsClients, calling } from '@data-lake/aws';
import { parseTemplateText } from '../template/templateText';

interface OfStack {
  clients: AwsClients;
  stackId: string;
  signal?: AbortSignal;
}

/** The template that a stack was made of, after macros, as data. */
export async function readStackTemplate(options: OfStack): Promise<unknown> {
  return readTemplate(options);
}

/** What macros make of the template of a change set, as data. */
export async function readProcessedTemplate(
  options: OfStack & { changeSetName: string },
): Promise<unknown> {
  return readTemplate(options);
}

async function readTemplate(
  options: OfStack & { changeSetName?: string },
): Promise<unknown> {
  const { clients, stackId, changeSetName, signal } = options;
  const { TemplateBody } = await calling(
    {
      what: `reading the template of stack ${stackId}`,
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

/** The values of its parameters; those of NoEcho parameters are masked by CloudFormation. */
export async function readStackParameters(
  options: OfStack,
): Promise<Record<string, string>> {
  const { clients, stackId, signal } = options;
  const { Stacks } = await calling(
    {
      what: `reading stack ${stackId}`,
      action: 'cloudformation:DescribeStacks',
    },
    () =>
      clients.cloudformation.send(
        new DescribeStacksCommand({ StackName: stackId }),
        { abortSignal: signal },
      ),
  );
  return Object.fromEntries(
    (Stacks?.[0]?.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [
      ParameterKey!,
      ParameterValue ?? '',
    ]),
  );
}
