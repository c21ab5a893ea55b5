import {
  ListChangeSetsCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import { AwsClients } from '@data-lake/aws';

/** Counts the operations of a kind on a stack, such as `UPDATE_IN_PROGRESS`. */
export async function countBegun(
  { cloudformation }: AwsClients,
  stackName: string,
  status: string,
): Promise<number> {
  let count = 0;
  const pages = paginateDescribeStackEvents(
    { client: cloudformation },
    { StackName: stackName },
  );
  for await (const { StackEvents = [] } of pages) {
    count += StackEvents.filter(
      event =>
        event.PhysicalResourceId === event.StackId &&
        event.ResourceStatus === status,
    ).length;
  }
  return count;
}

/** Lists the change sets that were never executed. */
export async function listOpenChangeSets(
  { cloudformation }: AwsClients,
  stackName: string,
): Promise<string[]> {
  const { Summaries } = await cloudformation.send(
    new ListChangeSetsCommand({ StackName: stackName }),
  );
  return (Summaries ?? [])
    .filter(({ ExecutionStatus }) => ExecutionStatus !== 'EXECUTE_COMPLETE')
    .map(({ ChangeSetName }) => ChangeSetName!);
}
