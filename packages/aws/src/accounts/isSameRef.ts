/** Tells whether two entity refs name the same entity: as in the catalog, letter case does not count. @public */
export function isSameRef(a: string, b: string): boolean {
  return normalizeRef(a) === normalizeRef(b);
}

const normalizeRef = (ref: string) => ref.toLocaleLowerCase('en-US');
