/**
 * The shapes of the states, readable without colour, in a box of 16. Each is data, so that one mark and
 * a grid of thousands use the same source.
 */
export const shapes = {
  succeeded: [
    { draw: 'fill', path: disc(7) },
    {
      draw: 'stroke',
      on: true,
      width: 1.9,
      path: at(4.7, 8.3, 'l2.3 2.3 4.4 -4.8'),
    },
  ],
  failed: [
    { draw: 'fill', path: at(5, 1, 'h6l4 4v6l-4 4h-6l-4 -4v-6z') },
    {
      draw: 'stroke',
      on: true,
      width: 2,
      path: both(at(5.3, 5.3, 'l5.4 5.4'), at(10.7, 5.3, 'l-5.4 5.4')),
    },
  ],
  running: [
    { draw: 'stroke', width: 2, faint: true, path: disc(6) },
    {
      draw: 'stroke',
      width: 2.4,
      spins: true,
      path: at(8, 2, 'a6 6 0 0 1 6 6'),
    },
    { draw: 'fill', path: disc(2.4) },
  ],
  queued: [{ draw: 'stroke', width: 1.8, path: disc(6) }],
  late: [
    { draw: 'fill', path: at(8, 1.2, 'l7.4 13.4h-14.8z') },
    {
      draw: 'stroke',
      on: true,
      width: 1.8,
      path: both(at(8, 5.6, 'v4.2'), at(8, 11.3, 'v1.8')),
    },
  ],
  cancelled: [
    {
      draw: 'stroke',
      width: 1.8,
      path: both(disc(6), at(3.9, 12.1, 'l8.2 -8.2')),
    },
  ],
  unknown: [
    { draw: 'stroke', width: 1.6, dashes: '2.6 1.9', path: disc(6.4) },
    {
      draw: 'stroke',
      width: 1.5,
      path: both(
        at(6.1, 6.4, 'a1.9 1.9 0 1 1 2.8 1.7c-.6 .3 -.9 .6 -.9 1.3'),
        at(8, 10.6, 'v1.4'),
      ),
    },
  ],
  skipped: [{ draw: 'stroke', width: 2, path: at(4, 8, 'h8') }],
  denied: [
    {
      draw: 'fill',
      path: at(
        4,
        7,
        'h8a1.5 1.5 0 0 1 1.5 1.5v4.5a1.5 1.5 0 0 1 -1.5 1.5h-8a1.5 1.5 0 0 1 -1.5 -1.5v-4.5a1.5 1.5 0 0 1 1.5 -1.5z',
      ),
    },
    { draw: 'stroke', width: 1.8, path: at(5, 7, 'v-2a3 3 0 0 1 6 0v2') },
  ],
  dot: [{ draw: 'fill', path: disc(4.6) }],
  retried: [
    { draw: 'fill', path: disc(3.6) },
    { draw: 'stroke', width: 1.6, path: disc(6.4) },
  ],
} satisfies Record<string, Layer[]>;

/** The name of a shape. */
export type Shape = keyof typeof shapes;

/** One path of a shape. */
export interface Layer {
  draw: 'fill' | 'stroke';
  /** Returns the SVG path of the layer in a box whose upper left corner is at x, y. */
  path: (x: number, y: number) => string;
  width?: number;
  dashes?: string;
  /** Drawn in the colour that is legible on top of the colour of the state. */
  on?: boolean;
  faint?: boolean;
  spins?: boolean;
}

function at(left: number, top: number, rest: string): Layer['path'] {
  return (x, y) => `M${round(x + left)} ${round(y + top)}${rest}`;
}

function disc(r: number): Layer['path'] {
  const half = `a${r} ${r} 0 1 0`;
  return at(8 - r, 8, `${half} ${2 * r} 0${half} ${-2 * r} 0z`);
}

function both(a: Layer['path'], b: Layer['path']): Layer['path'] {
  return (x, y) => a(x, y) + b(x, y);
}

const round = (n: number) => Math.round(n * 100) / 100;
