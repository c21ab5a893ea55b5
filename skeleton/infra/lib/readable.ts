/**
 * Formats JSON with one line for each property of a resource; a property's content stays on that line. More lines,
 * and more spaces than these, would take a tenth of the size limit; fewer would hide changes in a review.
 */
export function readable(value: unknown, depth = 0): string {
  const oneLine = JSON.stringify(value);
  if (depth === 4 || oneLine.length <= 160 || typeof value !== 'object' || value === null) return oneLine;
  const lines = Array.isArray(value)
    ? value.map((item) => readable(item, depth + 1))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${readable(item, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  // Sections and resources begin at the margin.
  const indent = depth < 2 ? '' : ' ';
  return `${open}\n${lines.join(',\n').replace(/^/gm, indent)}\n${close}`;
}
