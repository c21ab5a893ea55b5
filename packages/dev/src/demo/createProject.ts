import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { BackstageClient } from '../backstageClient.ts';
import { fail, say } from '../output.ts';
import { demoEnvironment } from './environment.ts';

/** Creates and deploys a project by the template, as its form does. @returns the number of uploaded files */
export async function createProject(
  client: BackstageClient,
  project: string,
): Promise<number> {
  const { id } = await client.post<{ id: string }>('/scaffolder/v2/tasks', {
    templateRef: 'template:default/mwaa-data-lake',
    values: toValues(project),
  });
  say(`Task ${id}: creating the project ${project}`);
  let after = 0;
  for (;;) {
    const events = await client.get<TaskEvent[]>(
      `/scaffolder/v2/tasks/${id}/events?after=${after}`,
    );
    for (const event of events) {
      after = event.id;
      showProgress(event);
      if (event.type === 'completion') {
        if (event.body.error) {
          fail(`The task ${id} failed: ${event.body.error.message}`);
        }
        return readUploads(event.body.output);
      }
    }
    await sleep(500);
  }
}

const toValues = (project: string) => ({
  name: project,
  owner: 'group:default/data-engineering',
  description: 'MovieLens marts, by ./dev demo',
  system: project,
  environment: demoEnvironment,
  account: '000000000000',
  region: 'us-east-1',
  mwaa: 'existing',
  mwaaEnvironment: 'local-airflow',
  dataBucket: '',
  airflowVersion: '3.3.1',
  compute: 'emr',
  tableFormat: 'parquet',
  lakeFormation: false,
  observability: false,
  alertEmail: '',
  repoUrl: `local?repo=${project}`,
});

/** An event of a task, as far as it is read here. */
interface TaskEvent {
  id: number;
  type: string;
  body: {
    message: string;
    error?: { message: string };
    output?: TaskOutput;
  };
}

interface TaskOutput {
  uploaded?: number | string;
}

function showProgress({ type, body }: TaskEvent): void {
  const line = stripVTControlCharacters(body.message).trim();
  if (type === 'log' && /step |Stack \S+ is /.test(line)) {
    say(`  ${line.replace(/^info: /, '')}`);
  }
}

function readUploads(output?: TaskOutput): number {
  const uploaded = Number(output?.uploaded);
  return uploaded > 0 ? uploaded : fail('The task uploaded nothing');
}
