/* Takes away what Node.js 22 has and Node.js 20 has not, so that a newer one shows what would fail on 20. */
const fs = require('node:fs');
const fsPromises = require('node:fs/promises');
const module22 = require('node:module');

for (const name of ['enableCompileCache', 'flushCompileCache']) {
  delete module22[name];
}
for (const name of ['Iterator', 'WebSocket', 'navigator', 'CloseEvent']) {
  delete globalThis[name];
}
for (const [of, names] of [
  [Array, ['fromAsync']],
  [Map, ['groupBy']],
  [Object, ['groupBy']],
  [Promise, ['try', 'withResolvers']],
  [
    Set.prototype,
    ['difference', 'intersection', 'isSubsetOf', 'isSupersetOf', 'union'],
  ],
  [fs, ['glob', 'globSync']],
  [fsPromises, ['glob']],
]) {
  for (const name of names) delete of[name];
}
const helpers = Object.getPrototypeOf(
  Object.getPrototypeOf([][Symbol.iterator]()),
);
for (const name of ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce']) {
  delete helpers[name];
}
for (const name of ['toArray', 'forEach', 'some', 'every', 'find']) {
  delete helpers[name];
}
