import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createDataLakeActions } from './actions';
import { makeServices } from './__testUtils__';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
const actions: any[] = createDataLakeActions(makeServices(), { integrations });

it.each(actions.map(action => [action.id, action]))(
  'names each input and output of %s',
  (id, { schema }) => {
    const [, rest] = readme.split(`### \`${id}\``);
    const [section] = rest.split(/^##/m);
    const missing = [schema.input, schema.output]
      .flatMap(({ properties }) => Object.keys(properties))
      .filter(name => !section.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  },
);
