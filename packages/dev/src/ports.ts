import { createServer } from 'node:net';
import { fail } from './output.ts';

/** Checks that ports are free. @throws UserError that names the port in use */
export async function checkPorts(ports: Record<number, string>): Promise<void> {
  for (const [port, what] of Object.entries(ports)) {
    if (!(await isFree(Number(port)))) {
      fail(
        `Port ${port} on 127.0.0.1, for ${what}, is in use: end what listens there (find it with: ss -ltnp 'sport = :${port}'), or the ./dev start of another checkout`,
      );
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
