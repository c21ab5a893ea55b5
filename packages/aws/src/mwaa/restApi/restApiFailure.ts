import { redact } from '../../redact/redact';

/** An answer of MWAA other than 200; Airflow's text is redacted. */
export class RestApiFailure extends Error {
  constructor(
    readonly type: string,
    readonly status: number,
    /** Airflow's own status; absent if the request did not reach Airflow. */
    readonly innerStatus: number | undefined,
    message: string,
  ) {
    super(redact(message));
    this.name = type;
  }
}

/** Reads the failure from an answer. */
export function toRestApiFailure(answer: {
  status: number;
  type: string | undefined;
  text: string;
}): RestApiFailure {
  const { status, text } = answer;
  const json = parseJson(text);
  // "RestApiClientException:http://…" and "com.amazonaws…#RestApiClientException" both occur
  const type = String(answer.type ?? json?.__type ?? json?.code ?? 'Unknown')
    .split(':')[0]
    .split('#')
    .pop()!;
  const inner = json?.RestApiResponse;
  const detail =
    inner?.detail ?? inner?.title ?? json?.message ?? json?.Message;
  return new RestApiFailure(
    type,
    status,
    json?.RestApiStatusCode,
    typeof detail === 'string' && detail !== ''
      ? detail
      : JSON.stringify(detail ?? inner ?? text.slice(0, 500)),
  );
}

/** Tells whether a second try may succeed. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof RestApiFailure)) {
    const { code, name } = error as { code?: string; name?: string };
    return name === 'TimeoutError' || code === 'ECONNRESET' || code === 'EPIPE';
  }
  return (
    error.type === 'RestApiServerException' ||
    error.type === 'ThrottlingException' ||
    error.status === 429 ||
    error.status >= 500
  );
}

/** Parses JSON; undefined if it is none. */
export function parseJson(text: string): Record<string, any> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
