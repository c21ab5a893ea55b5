import { useCallback, useEffect, useState } from 'react';

/** An answer that is asked for once, and again only where somebody says so. */
export interface Answer<T> {
  value?: T;
  /** When it came. */
  at?: number;
  error?: Error;
  again(): void;
}

/** Asks when it is first shown, and when `key` changes. What comes too late is passed over. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const [round, setRound] = useState(0);
  const asked = `${key} ${round}`;
  const [answer, setAnswer] = useState<{
    asked?: string;
    value?: T;
    at?: number;
    error?: Error;
  }>({});
  useEffect(() => {
    let stale = false;
    ask().then(
      value => !stale && setAnswer({ asked, value, at: Date.now() }),
      error => !stale && setAnswer({ asked, error }),
    );
    return () => {
      stale = true;
    };
    // what asks is made anew at each render
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  const again = useCallback(() => setRound(n => n + 1), []);
  const { asked: _, ...current } = answer.asked === asked ? answer : {};
  return { ...current, again };
}
