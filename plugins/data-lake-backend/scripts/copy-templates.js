/* Before packing: the templates that the plugin brings along into this package; after it (--remove): away again.
   (--to FOLDER: elsewhere, for tests.) */
const fs = require('node:fs');
const path = require('node:path');

const source = path.resolve(__dirname, '../../../templates');
const to = process.argv.indexOf('--to');
const target =
  to < 0
    ? path.resolve(__dirname, '../templates')
    : path.join(process.argv[to + 1], 'templates');

fs.rmSync(target, { recursive: true, force: true });
if (process.argv.includes('--remove')) {
  process.exit(0);
}
for (const name of fs.readdirSync(source)) {
  fs.mkdirSync(path.join(target, name), { recursive: true });
  const file = path.join(name, 'template.yaml');
  fs.copyFileSync(path.join(source, file), path.join(target, file));
}
