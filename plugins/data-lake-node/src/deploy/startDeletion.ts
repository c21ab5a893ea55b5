import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients } from '../aws/clients';
import { calling } from '../aws/errors';

/** Has CloudFormation begin to delete a stack. */
export async function startDeletion(
  clients: AwsClients,
  stackId: string,
  roleArn?: string,
): Promise<void> {
  await calling(
    {
      what: `deleting stack ${stackId}`,
      action: 'cloudformation:DeleteStack',
    },
    () =>
      clients.cloudformation.send(
        new DeleteStackCommand({ StackName: stackId, RoleARN: roleArn }),
      ),
  );
}
