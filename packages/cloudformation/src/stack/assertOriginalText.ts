import { ConflictError } from '@backstage/errors';
import { toReturnedText } from '../template/returnedText';
import { ChangeSetRef } from './changeSet';
import { DeploymentSpec } from './deploymentSpec';
import { readOriginalText, readStackTemplateText } from './stackTemplate';

/**
 * Checks that CloudFormation has made a change set of the text that was checked: it reads a long template
 * from a bucket, where others may write, and keeps the stack's own, which others may have changed.
 *
 * @throws ConflictError if it is another text
 */
export async function assertOriginalText(
  { stackName, template, templateBucket, keepsTemplate }: DeploymentSpec,
  changeSet: ChangeSetRef & { signal?: AbortSignal },
): Promise<void> {
  const { id: changeSetName, ...source } = changeSet;
  // of a stack, its template after macros is checked
  const read = keepsTemplate ? readStackTemplateText : readOriginalText;
  const text = await read({ ...source, changeSetName });
  if (toReturnedText(text) === toReturnedText(template.body)) return;
  throw new ConflictError(
    keepsTemplate
      ? `Another caller has changed the template of stack ${stackName} meanwhile, so nothing was done. Run this again`
      : `CloudFormation has read another template for stack ${stackName} than the one that was checked: it was overwritten in bucket ${templateBucket}, below cloudformation-templates/. Find out who may write there, then run this again`,
  );
}
