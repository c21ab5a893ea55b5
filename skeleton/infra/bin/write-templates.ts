/**
 * Writes templates/<stack>.template.json from the source, ../policies/mwaa-execution.json from the
 * template, and ../policies/roles.template.json from the other policies. Run it, review the changes, and commit them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { mwaaPolicy } from '../lib/mwaa-policy.ts';
import { rolesTemplate } from '../lib/roles-template.ts';
import { stackNames } from '../lib/stack-names.ts';
import { templateOf } from '../lib/template.ts';

const folder = new URL('../templates/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of stackNames) {
  const text = templateOf(name);
  writeFileSync(new URL(`${name}.template.json`, folder), text);
  console.log(`templates/${name}.template.json: ${Buffer.byteLength(text)} bytes`);
}
writeFileSync(
  new URL('../../policies/mwaa-execution.json', import.meta.url),
  mwaaPolicy(JSON.parse(templateOf('foundations'))),
);
writeFileSync(new URL('../../policies/roles.template.json', import.meta.url), rolesTemplate());
