import { spawn } from 'node:child_process';
import { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, basename } from 'node:path';

/** Git's own server: https://git-scm.com/docs/git-http-backend */
const backend = '/usr/lib/git-core/git-http-backend';

/**
 * Answers a request of Git's HTTP protocol by `git http-backend`, as a CGI program.
 *
 * @param options - `repository`: folder of a bare repository; `path`: what follows it in the URL
 */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  options: {
    repository: string;
    path: string;
    query: string;
  },
): Promise<void> {
  const { repository, path, query } = options;
  const cgi = spawn(backend, {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: dirname(repository),
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${basename(repository)}${path}`,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? '',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_USER: 'stand-in',
    },
  });
  request.pipe(cgi.stdin);
  cgi.stdin.on('error', () => {});
  const chunks: Buffer[] = [];
  cgi.stdout.on('data', chunk => chunks.push(chunk));
  await new Promise(resolve => cgi.on('close', resolve));
  const output = Buffer.concat(chunks);
  const end = output.indexOf('\r\n\r\n');
  const headers = output
    .subarray(0, end)
    .toString()
    .split('\r\n')
    .map(line => line.split(/: (.*)/s) as [string, string]);
  const status = headers.find(([name]) => name === 'Status');
  response.writeHead(
    status ? Number(status[1].split(' ')[0]) : 200,
    Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
  );
  response.end(output.subarray(end + 4));
}
