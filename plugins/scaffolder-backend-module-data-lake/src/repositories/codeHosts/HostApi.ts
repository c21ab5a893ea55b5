import * as z from 'zod';

/** An answer of a host that is no success. */
export class HostError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
    this.name = 'HostError';
  }
}

interface HostRequest<T> {
  query?: Record<string, string>;
  body?: object;
  /** The part of the answer that is used. */
  answer: z.ZodType<T>;
}

/** Calls the REST API of a host, with JSON. */
export class HostApi {
  constructor(
    private readonly options: {
      baseUrl: string;
      headers: Record<string, string>;
      signal?: AbortSignal;
    },
  ) {}

  /** @throws HostError with the host's own words */
  async call<T>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    { query, body, answer }: HostRequest<T>,
  ): Promise<T> {
    const response = await this.fetch(method, path, { query, body });
    const text = await response.text();
    const what = `${method} ${
      new URL(response.url || this.options.baseUrl).pathname
    }`;
    const content = toContent(text);
    if (!response.ok) {
      throw new HostError(
        response.status,
        `${what} answered ${response.status}: ${
          findMessage(content) ?? response.statusText
        }`,
      );
    }
    const parsed = answer.safeParse(content);
    if (parsed.success) return parsed.data;
    // Azure DevOps answers 203 with a page for signing in, if it does not know the token
    const isPage = /^\s*</.test(text);
    throw new HostError(
      isPage ? 401 : response.status,
      isPage
        ? `${what} answered ${response.status} with a page for signing in: the token is not accepted`
        : `${what} answered what cannot be read: ${z.prettifyError(
            parsed.error,
          )}`,
    );
  }

  /** Gets the headers of an answer, also of one that is no success. */
  async headers(path: string): Promise<Headers> {
    return (await this.fetch('GET', path, {})).headers;
  }

  private async fetch(
    method: string,
    path: string,
    request: { query?: Record<string, string>; body?: object },
  ): Promise<Response> {
    const { baseUrl, headers, signal } = this.options;
    const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
    const timeout = AbortSignal.timeout(30_000);
    return fetch(`${baseUrl}${path}${query}`, {
      method,
      headers: {
        Accept: 'application/json',
        ...(request.body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: request.body && JSON.stringify(request.body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  }
}

function toContent(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Failure = z.object({
  message: z.unknown(),
  errors: z.unknown(),
  error: z.unknown(),
  error_description: z.unknown(),
});

/** Each host says what is wrong in a place of its own, GitLab also in objects. */
function findMessage(content: unknown): string | undefined {
  const { data } = Failure.partial().safeParse(content);
  const parts = [
    data?.message,
    data?.error_description,
    data?.error,
    data?.errors,
  ]
    .filter(part => part !== undefined && part !== null && part !== '')
    .map(part => (typeof part === 'string' ? part : JSON.stringify(part)));
  return parts.length === 0 ? undefined : parts.join(', ').slice(0, 600);
}
