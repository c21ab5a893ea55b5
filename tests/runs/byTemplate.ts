import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  parseProject,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import { parse } from 'yaml';
import { casesFolder } from '../cases/render';
import { DataLake, Wanted } from './dataLake';
import { clients, target } from './localAws';

/** Has the running Backstage make the project, by a task of the template, as the form does. */
export async function makeByTemplate(wanted: Wanted): Promise<DataLake> {
  const { name } = wanted;
  const file = join(casesFolder, `${wanted.case}.yaml`);
  const headers = await signIn();
  const { id } = await ask('/scaffolder/v2/tasks', {
    method: 'POST',
    headers,
    body: JSON.stringify({
      templateRef: 'template:default/mwaa-data-lake',
      values: {
        ...parse(await readFile(file, 'utf8')),
        ...{ name, system: name, ...target },
        ...wanted.answers,
      },
    }),
  });
  await followTask(id, headers);
  const { metadata } = await ask(
    `/catalog/entities/by-name/component/default/${name}`,
    { headers },
  );
  return readDataLake(
    metadata.annotations['backstage.io/managed-by-location'].slice(
      'file:'.length,
    ),
  );
}

/** @param catalogInfo - path of the one in the project's repository */
async function readDataLake(catalogInfo: string): Promise<DataLake> {
  const path = join(dirname(catalogInfo), 'project.yaml');
  const project = parseProject(await readFile(path, 'utf8'));
  const deployment = toProjectDeploymentSpec(
    project,
    project.environments[0].name,
  );
  const { Stacks } = await clients.cloudformation.send(
    new DescribeStacksCommand({ StackName: deployment.stackName }),
  );
  const outputs = Object.fromEntries(
    Stacks![0].Outputs!.map(each => [each.OutputKey!, each.OutputValue!]),
  );
  return { ...deployment, outputs };
}

/** @throws Error where the task failed */
async function followTask(id: string, headers: Headers): Promise<void> {
  for (;;) {
    const events = await ask(`/scaffolder/v2/tasks/${id}/events`, { headers });
    const end = events.find((event: any) => event.type === 'completion');
    if (end?.body.error) {
      throw new Error(`Task ${id} failed: ${end.body.error.message}`);
    }
    if (end) return;
    await sleep(2_000);
  }
}

type Headers = Record<string, string>;

async function signIn(): Promise<Headers> {
  const { backstageIdentity } = await ask('/auth/guest/refresh', {
    method: 'POST',
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  });
  return {
    authorization: `Bearer ${backstageIdentity.token}`,
    'content-type': 'application/json',
  };
}

async function ask(path: string, init: RequestInit): Promise<any> {
  const response = await fetch(`http://127.0.0.1:7007/api${path}`, init);
  if (!response.ok) {
    throw new Error(
      `${path}: ${
        response.status
      } ${await response.text()} (./dev test runs starts Backstage)`,
    );
  }
  return response.json();
}
