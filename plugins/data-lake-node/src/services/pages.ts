/** One page of a listing, and where the next one starts. */
export interface Page<T> {
  items: T[];
  next?: string;
}

/**
 * Follows a listing to its end, or to `most` items: a page view must not walk a whole account.
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
  do {
    const page = await read(token);
    items.push(...page.items);
    if (options.until && page.items.some(options.until)) break;
    // Some services answer the same token again instead of none.
    if (page.next === token) break;
    token = page.next;
  } while (token && items.length < options.most);
  return items.slice(0, options.most);
}
