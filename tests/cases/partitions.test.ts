import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRenderer } from './render';

/* A project in any partition of AWS has stacks and consoles of that partition. */
jest.setTimeout(120_000);

let folder: string;
let renderer: Awaited<ReturnType<typeof startRenderer>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-lake-partitions-'));
  renderer = await startRenderer();
});

afterAll(async () => {
  await renderer?.stop();
  if (folder) await rm(folder, { recursive: true });
});

it.each([
  ['eu-central-1', 'aws', 'aws.amazon.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws-us-gov.com'],
  ['us-iso-east-1', 'aws-iso', 'c2shome.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2shome.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'csphome.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csphome.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws-eusc.eu'],
])('%s is of %s', async (region, partition, domain) => {
  await renderer.render('emr', join(folder, region), { region });
  const catalog = readFileSync(
    join(folder, region, 'catalog-info.yaml'),
    'utf8',
  );
  expect(catalog.match(/arn:[a-z-]+:cloudformation:[a-z0-9-]+/g)).toEqual([
    `arn:${partition}:cloudformation:${region}`,
  ]);
  const hosts = [...catalog.matchAll(/https:\/\/([^/"]*console[^/"]*)/g)];
  expect(new Set(hosts.map(([, host]) => host))).toEqual(
    new Set([`${region}.console.${domain}`]),
  );
});
