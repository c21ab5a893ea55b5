import { ConflictError } from '@backstage/errors';
import { ChangeSetRef } from './changeSet';
import { DeploymentSpec } from './deploymentSpec';
import { readOriginalText } from './stackTemplate';

/**
 * Checks that CloudFormation has made a change set of the text that was checked: it reads a long template
 * from a bucket, where others may write.
 *
 * @throws ConflictError if it is another text
 */
export async function assertOriginalText(
  { stackName, template, templateBucket }: DeploymentSpec,
  changeSet: ChangeSetRef & { signal?: AbortSignal },
): Promise<void> {
  const { id: changeSetName, ...source } = changeSet;
  const read = await readOriginalText({ ...source, changeSetName });
  if (toReturnedText(read) === toReturnedText(template.body)) return;
  throw new ConflictError(
    `CloudFormation has read another template for stack ${stackName} than the one that was checked: it was overwritten in bucket ${templateBucket}, below cloudformation-templates/. Find out who may write there, then run this again`,
  );
}

/**
 * Returns a text as GetTemplate does: with ? for each character that is not ASCII, and with the line ends of XML.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1220
 */
const toReturnedText = (text: string): string =>
  text
    .replace(/[\u{80}-\u{10ffff}]/gu, '?')
    .replaceAll('\r\n', '\n')
    .trim();
