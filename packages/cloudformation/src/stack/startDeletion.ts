import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients, calling } from '@data-lake/aws';

/** Starts the deletion of a stack. */
export async function startDeletion(options: {
  clients: AwsClients;
  stackId: string;
  roleArn?: string;
  /** Client token of the deletion, by which its caller is known. */
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
