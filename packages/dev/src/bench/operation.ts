import type { IncomingHttpHeaders } from 'node:http';

/**
 * Names the operation of a request, such as `cloudformation:CreateChangeSet`; for a REST service the method
 * only, such as `s3:PUT`.
 *
 * @param form - the first bytes of the body; in AWS's query protocol they name the operation
 */
export function toOperation(request: {
  method: string;
  headers: IncomingHttpHeaders;
  form: string;
}): string {
  const { method, headers, form } = request;
  // Credential=<key>/<date>/<region>/<service>/aws4_request
  const service =
    /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(
      headers.authorization ?? '',
    )?.[1] ?? 'unsigned';
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    return `${service}:${target.split('.').pop()}`;
  }
  const action = method === 'POST' && /(?:^|&)Action=(\w+)/.exec(form)?.[1];
  return `${service}:${action || method}`;
}
