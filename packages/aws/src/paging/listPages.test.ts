import fc from 'fast-check';
import { listPages, Page } from './listPages';

/** Reads page after page; counts them. */
function toReader(pages: readonly number[][]) {
  const reader = {
    reads: 0,
    async read(token = '0'): Promise<Page<number>> {
      reader.reads++;
      const next = Number(token) + 1;
      return {
        items: pages[Number(token)] ?? [],
        next: next < pages.length ? String(next) : undefined,
      };
    },
  };
  return reader;
}

const pages = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), {
  maxLength: 40,
});

describe('listPages', () => {
  it('lists all items, empty pages among them', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async all => {
        const { read } = toReader(all);
        expect(await listPages(read)).toEqual(all.flat());
      }),
    );
  });

  it('lists the first items, from 20 pages at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        pages,
        fc.integer({ min: 1, max: 60 }),
        async (all, most) => {
          const reader = toReader(all);
          const expected = all.slice(0, 20).flat().slice(0, most);
          expect(await listPages(reader.read, { most })).toEqual(expected);
          expect(reader.reads).toBeLessThanOrEqual(20);
        },
      ),
    );
  });

  it('stops after a page with an item that ends it', async () => {
    const reader = toReader([[1], [2, 3], [4]]);
    const until = (item: number) => item === 2;
    expect(await listPages(reader.read, { until })).toEqual([1, 2, 3]);
    expect(reader.reads).toBe(2);
  });

  it('stops if a service answers the same token again', async () => {
    const read = async () => ({ items: ['a'], next: 'x' });
    expect(await listPages(read)).toEqual(['a', 'a']);
  });
});
