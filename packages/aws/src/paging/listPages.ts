/** One page of a listing, and where the next one starts. @public */
export interface Page<T, Token = string> {
  items: readonly T[];
  next?: Token;
}

/** A page may be empty and yet not the last. */
const maxPages = 20;

/**
 * Reads a listing page by page: to its end, or, with `most`, to that many items or 20 pages, so that
 * a page view does not wait for the listing of a whole account.
 *
 * @param read - reads one page; `token` is absent for the first
 * @param options - `most`: items at most; `until`: stop after a page that holds such an item
 *
 * @public
 */
export async function listPages<T, Token = string>(
  read: (token: Token | undefined) => Promise<Page<T, Token>>,
  options: { most?: number; until?: (item: T) => boolean } = {},
): Promise<T[]> {
  const { most, until } = options;
  const items: T[] = [];
  let token: Token | undefined;
  for (let pages = 1; ; pages++) {
    const page = await read(token);
    for (const item of page.items) items.push(item);
    if (until && page.items.some(until)) break;
    // some services answer the same token again instead of none
    if (!page.next || page.next === token) break;
    if (most !== undefined && (items.length >= most || pages >= maxPages))
      break;
    token = page.next;
  }
  return most === undefined ? items : items.slice(0, most);
}
