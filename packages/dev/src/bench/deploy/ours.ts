/**
 * What `aws cloudformation deploy` and `delete-stack` do, by this repository's engine, in a process of its own:
 * `node ours.cjs REQUEST`, where the request is a JSON file.
 */
import { readFile } from 'node:fs/promises';
import {
  defaultAllowedResourceTypes,
  deleteStack,
  deployStack,
  parseTemplate,
} from '@data-lake/cloudformation';
import { localClients } from '../clients';

export interface Request {
  stackName: string;
  /** Path. */
  template: string;
  parameters: Record<string, string>;
  tags: Record<string, string>;
  /** Delete the stack; optional, by default it is deployed. */
  isDeletion?: boolean;
}

async function main(path: string): Promise<void> {
  const request = JSON.parse(await readFile(path, 'utf8')) as Request;
  const clients = localClients();
  const log = (line: string) => console.log(line);
  const { stackName } = request;
  if (request.isDeletion) {
    await deleteStack({
      clients,
      stackName,
      confirm: stackName,
      ownership: [],
      log,
    });
    return;
  }
  await deployStack({
    clients,
    spec: {
      ...request,
      template: parseTemplate(await readFile(request.template, 'utf8'), {
        allowedResourceTypes: defaultAllowedResourceTypes,
      }),
      ownership: [],
      identity: `bench-${process.pid}`,
    },
    // the peers attach policies to the role of the MWAA environment without asking
    allow: { allowBroaderPermissions: true },
    log,
  });
}

void main(process.argv[2]).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
