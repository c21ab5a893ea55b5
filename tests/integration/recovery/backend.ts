/* A Backstage with the scaffolder alone, to be killed: node … backend.ts --config <file> */
import { createBackend } from '@backstage/backend-defaults';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const template = parse(readFileSync(join(__dirname, 'template.yaml'), 'utf8'), {
  merge: true,
});
template.metadata.namespace = 'default';

const backend = createBackend();
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@data-lake/plugin-scaffolder-backend-module-aws'));
backend.add(catalogServiceMock.factory({ entities: [template] }));

void backend.start();
