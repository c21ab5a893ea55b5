/** What a person typed as configuration of a run. */
export type Conf =
  | { ok: true; value: Record<string, unknown> }
  | {
      ok: false;
      /** Why it is no JSON; absent where it is JSON, but no object. */
      message?: string;
    };

/** Empty text is an empty object. */
export function parseConf(text: string): Conf {
  if (text.trim() === '') return { ok: true, value: {} };
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { ok: true, value } : { ok: false };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
