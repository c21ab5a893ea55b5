import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients, calling } from '@data-lake/aws';

/** Has CloudFormation begin to delete a stack. */
export async function startDeletion(options: {
  clients: AwsClients;
  stackId: string;
  roleArn?: string;
  /** Marks the deletion's events as whose they are. */
  token?: string;
}): Promise<void> {
  const { clients, stackId, roleArn, token } = options;
  await calling(
    {
      what: `deleting stack ${stackId}`,
      action: 'cloudformation:DeleteStack',
    },
    () =>
      clients.cloudformation.send(
        new DeleteStackCommand({
          StackName: stackId,
          RoleARN: roleArn,
          ClientRequestToken: token,
        }),
      ),
  );
}
