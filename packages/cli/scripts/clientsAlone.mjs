/**
 * esbuild plugin: where the AWS SDK is loaded on first use (`sdk.ts`, by `require`), only the client of a
 * package is, and the rest of it where it is imported by name. Else the whole of a package is loaded,
 * with hundreds of commands, since a `require` may use anything.
 */
export const clientsAlone = {
  name: 'clients alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/client-/ }, ({ kind, path, resolveDir }) =>
      kind === 'require-call' && !resolveDir.includes('node_modules')
        ? { path, namespace: 'client', pluginData: { resolveDir } }
        : undefined,
    );
    onLoad(
      { filter: /./, namespace: 'client' },
      async ({ path, pluginData: { resolveDir } }) => ({
        contents: await toClient(path),
        resolveDir,
      }),
    );
  },
};

/** From its own file: the index would load the client of all commands at once too. */
async function toClient(path) {
  const name = await findClient(path);
  return `export { ${name} } from '${path}/dist-es/${name}.js';`;
}

async function findClient(path) {
  const clients = Object.keys(await import(path)).filter(name =>
    /^[A-Z]\w*Client$/.test(name),
  );
  if (clients.length === 1) return clients[0];
  throw new Error(`${path} should have one client, and has ${clients}`);
}
