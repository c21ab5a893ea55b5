/**
 * What `aws cloudformation deploy` does, by this repository's engine, in a process of its own:
 * `node ours.cjs REQUEST`, where the request is a JSON file.
 */
import { readFile } from 'node:fs/promises';
import {
  defaultAllowedResourceTypes,
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
}

async function main(path: string): Promise<void> {
  const request = JSON.parse(await readFile(path, 'utf8')) as Request;
  await deployStack({
    clients: localClients(),
    spec: {
      ...request,
      template: parseTemplate(await readFile(request.template, 'utf8'), {
        allowedResourceTypes: defaultAllowedResourceTypes,
      }),
      ownership: [],
      identity: `bench-${process.pid}`,
    },
    log: line => console.log(line),
  });
}

void main(process.argv[2]).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
