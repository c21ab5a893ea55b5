/* Before packing: the project that the actions bring along, as Git knows it, into this package; after it
   (--remove): away again, so that a checkout has one skeleton only. */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../../..');
const target = path.resolve(__dirname, '../skeleton');

fs.rmSync(target, { recursive: true, force: true });
if (process.argv.includes('--remove')) {
  process.exit(0);
}
const files = execFileSync('git', ['ls-files', '-z', 'skeleton'], {
  cwd: root,
  encoding: 'utf8',
}).split('\0');
for (const file of files.filter(Boolean)) {
  const to = path.join(target, path.relative('skeleton', file));
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(path.join(root, file), to);
}
