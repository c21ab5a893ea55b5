import { useCallback, useEffect, useState } from 'react';

/** The state of a request; empty while the answer is pending. */
export interface RequestState<T> {
  value?: T;
  /** When the answer arrived, in milliseconds. */
  at?: number;
  error?: Error;
  /** Sends the request again. */
  reload(): void;
}

/**
 * Sends a request on the first render, when `key` changes, and on `reload`. Ignores answers to earlier
 * requests.
 */
export function useRequest<T>(
  key: string,
  send: () => Promise<T>,
): RequestState<T> {
  const [round, setRound] = useState(0);
  const requested = `${key} ${round}`;
  const [answer, setAnswer] = useState<{
    requested?: string;
    value?: T;
    at?: number;
    error?: Error;
  }>({});
  useEffect(() => {
    let stale = false;
    send().then(
      value => !stale && setAnswer({ requested, value, at: Date.now() }),
      error => !stale && setAnswer({ requested, error }),
    );
    return () => {
      stale = true;
    };
    // `send` is a new function at each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [requested]);
  const reload = useCallback(() => setRound(n => n + 1), []);
  const { requested: _, ...current } =
    answer.requested === requested ? answer : {};
  return { ...current, reload };
}
