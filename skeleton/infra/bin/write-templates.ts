/** Writes templates/<stack>.template.json from the source. Run it, and commit what changed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type StackName, stacks, templateOf } from '../lib/template.ts';

const folder = new URL('../templates/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of Object.keys(stacks) as StackName[]) {
  const text = templateOf(name);
  writeFileSync(new URL(`${name}.template.json`, folder), text);
  console.log(`templates/${name}.template.json: ${Buffer.byteLength(text)} bytes`);
}
