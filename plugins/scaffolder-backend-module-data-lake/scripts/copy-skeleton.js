/* Before packing: the project that the actions bring along, as Git knows it, into this package; after it
   (--remove): away again, so that a checkout has one skeleton only. (--to FOLDER: elsewhere, for tests.)

   Packing leaves out .github, .gitignore and others whatever `files` says, and reads a .gitignore as its own
   rules: so a name that starts with a dot starts with dot_ in the package. copySkeleton.ts gives it back. */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../../..');
const to = process.argv.indexOf('--to');
const target =
  to < 0
    ? path.resolve(__dirname, '../skeleton')
    : path.join(process.argv[to + 1], 'skeleton');

fs.rmSync(target, { recursive: true, force: true });
if (process.argv.includes('--remove')) {
  process.exit(0);
}
const files = execFileSync('git', ['ls-files', '-z', 'skeleton'], {
  cwd: root,
  encoding: 'utf8',
}).split('\0');
for (const file of files.filter(Boolean)) {
  const packed = path
    .relative('skeleton', file)
    .split(path.sep)
    .map(name => name.replace(/^\./, 'dot_'))
    .join(path.sep);
  const copy = path.join(target, packed);
  fs.mkdirSync(path.dirname(copy), { recursive: true });
  fs.copyFileSync(path.join(root, file), copy);
}
