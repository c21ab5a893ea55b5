import type { IncomingHttpHeaders } from 'node:http';

/** A request, as Node.js reads it. */
export interface IncomingRequest {
  method?: string;
  headers: IncomingHttpHeaders;
}

/**
 * Returns why a request is foreign: a web page of another site sent it, or it came by another name of this machine
 * (DNS rebinding). Undefined: a program of this machine sent it, the own page did, or a person followed a link to it.
 *
 * Browsers say where a request comes from (https://www.w3.org/TR/fetch-metadata/); programs say nothing.
 * `local_aws/foreign.py` has the same rules for the local AWS.
 */
export function findRefusal(request: IncomingRequest): string | undefined {
  const { host = '', origin } = request.headers;
  const site = request.headers['sec-fetch-site'] ?? 'none';
  if (!/^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(host)) {
    return `its Host is ${host || 'missing'}: use 127.0.0.1 or localhost`;
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return `a web page of ${origin} sent it`;
  }
  if (site === 'none' || site === 'same-origin' || followsLink(request)) {
    return undefined;
  }
  return `a web page of another site sent it (Sec-Fetch-Site: ${site})`;
}

/** A whole page, in no frame, that is only read. */
function followsLink({ method = '', headers }: IncomingRequest): boolean {
  return (
    ['GET', 'HEAD'].includes(method) &&
    headers.origin === undefined &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
