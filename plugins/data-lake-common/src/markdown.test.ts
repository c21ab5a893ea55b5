import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { toCodeSpan } from './markdown';

/** Renders as GitHub does, with HTML, so that what would pass is seen. */
const render = (markdown: string) =>
  micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

const unescapeHtml = (html: string) =>
  html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...['`', '``', '<!--', '-->', '<b>', '|', '\\', '\n', '\r\n', ' ', '@a'],
      ...['[x](http://x.example)', '![](x)', '*', '_', '~~', '#1', '\u2028'],
      ...['\u202e', '\u200b', '- ', '> ', '***\n', '&#96;', 'a@b.example', '$'],
    ),
  }),
);

describe('toCodeSpan', () => {
  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    [' x ', '`  x  `'],
    ['', '` `'],
    ['a\n<!--', '`a\\n<!--`'],
    [
      'a\u2028b\u202ec\u00a0\u200b\u3164',
      '`a\\u{2028}b\\u{202e}c\\u{a0}\\u{200b}\\u{3164}`',
    ],
  ])('writes %j as %s', (text, span) => {
    expect(toCodeSpan(text)).toBe(span);
  });

  it('shows the text, and is one element of the line whatever the text is', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const line = `- ${toCodeSpan(one)} then ${toCodeSpan(
          other,
        )} end\n- next`;
        const html = render(line);
        const shown: string[] = [];
        const structure = html.replace(/<code>([^<]*)<\/code>/g, (_, text) => {
          shown.push(unescapeHtml(text));
          return '<code>';
        });
        expect(structure).toBe(
          '<ul>\n<li><code> then <code> end</li>\n<li>next</li>\n</ul>',
        );
        const isPlain = (text: string) => /^[\x20-\x7e]+$/.test(text);
        expect(shown.filter((_, at) => isPlain([one, other][at]))).toEqual(
          [one, other].filter(isPlain),
        );
        expect(shown.join('')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 300 },
    );
  });
});
