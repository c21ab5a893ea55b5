/** One page of a listing, and where the next one starts. */
export interface Page<T> {
  items: T[];
  next?: string;
}

const mostPages = 20;

/**
 * Follows a listing to its end, to `most` items or to 20 pages: nobody may wait while a whole
 * account is walked, and a page may be empty and yet not the last.
 *
 * @param read - reads one page; `token` is absent for the first
 * @param options - `most`: items at most; `until`: stop after a page that holds such an item
 */
export async function listPages<T>(
  read: (token: string | undefined) => Promise<Page<T>>,
  options: { most: number; until?: (item: T) => boolean },
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const page = await read(token);
    items.push(...page.items);
    if (options.until && page.items.some(options.until)) break;
    // Some services answer the same token again instead of none.
    if (page.next === token) break;
    token = page.next;
    pages += 1;
  } while (token && items.length < options.most && pages < mostPages);
  return items.slice(0, options.most);
}
