import {
  GetJobRunCommand,
  GetJobRunsCommand,
  StartJobRunCommand,
} from '@aws-sdk/client-glue';
import { eventually } from './dagRun';
import { DataLake } from './dataLake';
import { clients, readRows } from './localAws';

/** Reads all rows of the tables as JSON, in an order that does not depend on their storage. */
export async function readTables(
  { outputs }: DataLake,
  names: string[],
): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const name of names) {
    const rows = await readRows(outputs.DatabaseName, name, '');
    tables[name] = rows.map(row => JSON.stringify(row)).sort();
  }
  return tables;
}

/** Repeats the last run of the Glue job, with the same run id. */
export async function repeatJob({ outputs }: DataLake): Promise<void> {
  const JobName = outputs.GlueJobName;
  const { JobRuns: [last] = [] } = await clients.glue.send(
    new GetJobRunsCommand({ JobName, MaxResults: 1 }),
  );
  const { JobRunId } = await clients.glue.send(
    new StartJobRunCommand({ JobName, Arguments: last.Arguments }),
  );
  await eventually(`${JobRunId} to succeed`, 300, async () => {
    const { JobRun } = await clients.glue.send(
      new GetJobRunCommand({ JobName, RunId: JobRunId }),
    );
    if (JobRun!.ErrorMessage) throw new Error(JobRun!.ErrorMessage);
    return JobRun!.JobRunState === 'SUCCEEDED' || undefined;
  });
}
