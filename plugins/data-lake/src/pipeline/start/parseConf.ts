/** The configuration of a run as entered, parsed. */
export type Conf =
  | { ok: true; value: Record<string, unknown> }
  | {
      ok: false;
      /** The JSON error; absent if the text is JSON but not an object. */
      message?: string;
    };

/** Parses the configuration; empty text is an empty object. */
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
