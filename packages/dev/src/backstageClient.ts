/** Address of Backstage. */
export const backstageUrl = 'http://127.0.0.1:7007';

/** A client of Backstage's REST APIs, signed in as the guest. */
export interface BackstageClient {
  /** @throws Error with status and body */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
}

/** Signs in as the guest, as the sign-in page does. A token lasts an hour. */
export async function signIn(): Promise<BackstageClient> {
  const answer = await request<{ backstageIdentity: { token: string } }>(
    '/auth/guest/refresh',
    { method: 'POST', headers: { 'x-requested-with': 'XMLHttpRequest' } },
  );
  const headers = {
    authorization: `Bearer ${answer.backstageIdentity.token}`,
    'content-type': 'application/json',
  };
  return {
    get: path => request(path, { headers }),
    post: (path, body) =>
      request(path, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`${backstageUrl}/api${path}`, {
    ...init,
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `${init.method ?? 'GET'} ${path}: ${response.status} ${readMessage(
        text,
      )}`,
    );
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

function readMessage(text: string): string {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return text.slice(0, 500);
  }
}
