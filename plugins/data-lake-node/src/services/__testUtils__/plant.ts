import { Answers } from './fakeClients';

/** A text, or nothing, that an adapter read in an answer. */
export interface Read {
  call: string;
  path: string[];
}

/** Lists what an adapter reads of these answers: every text, and every property that they lack. */
export async function listReads(
  answers: Answers,
  observe: (recorded: Answers) => Promise<unknown>,
): Promise<Read[]> {
  const reads = new Map<string, Read>();
  const watch = (call: string, value: unknown, path: string[]): unknown => {
    if (value === undefined || typeof value === 'string') {
      reads.set(`${call} ${path.join('.')}`, { call, path });
    }
    if (typeof value !== 'object' || value === null || value instanceof Date) {
      return value;
    }
    return new Proxy(value, {
      get: (target, key) =>
        typeof key === 'symbol' ||
        key in Object.prototype ||
        isMethod(target, key)
          ? Reflect.get(target, key)
          : watch(call, Reflect.get(target, key), [...path, key]),
    });
  };
  const recorded = Object.entries(answers).map(([call, answer]) => [
    call,
    async (input: unknown) => {
      const plain = await answer(input);
      // Airflow's answers go through JSON, where nothing can be watched: all that is there counts
      if (/^[A-Z]+ /.test(call))
        listTexts(plain, []).forEach(path =>
          reads.set(`${call} ${path.join('.')}`, { call, path }),
        );
      return /^[A-Z]+ /.test(call) ? plain : watch(call, plain, []);
    },
  ]);
  await observe(Object.fromEntries(recorded));
  return [...reads.values()];
}

const isMethod = (target: object, key: string) =>
  Array.isArray(target) && !/^\d+$/.test(key);

function listTexts(value: unknown, path: string[]): string[][] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    listTexts(each, [...path, key]),
  );
}

/** Adds a secret to a text of an answer, or makes it the text that the answer lacks. */
export function plant(answers: Answers, read: Read, secret: string): Answers {
  const { call, path } = read;
  return {
    [call]: async (input: unknown) => {
      const answer = structuredClone(await answers[call](input)) as any;
      const parent = path.slice(0, -1).reduce((at, key) => at?.[key], answer);
      const key = path.at(-1)!;
      // another page may not have it
      if (typeof parent !== 'object' || parent === null) return answer;
      parent[key] = [parent[key], secret].filter(Boolean).join(' ');
      return answer;
    },
  };
}
