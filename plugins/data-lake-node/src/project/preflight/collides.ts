/**
 * Tells whether everything that one environment is named after would match the other's patterns: names are
 * `P-E-<thing>`, and policies allow `P-E-*`. Environment `demo` of `movielens` and any of `movielens-demo` do.
 *
 * @param a - `P-E` of one environment
 * @param b - `P-E` of the other
 * @public
 */
export function collides(a: string, b: string): boolean {
  if (a === b) return false;
  return a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}
