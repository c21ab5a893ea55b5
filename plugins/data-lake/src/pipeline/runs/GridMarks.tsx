import { shapes, toPaint } from '../../state';
import type { Layer, Look, Tone } from '../../state';
import { groupBy } from './groupBy';

/** The size of a mark in the grid, in pixels. */
export const markSize = 12;

/** The marks of many cells, drawn as one path per state and layer. */
export function GridMarks(props: {
  marks: Array<{ look: Look; x: number; y: number }>;
}) {
  const scale = markSize / 16;
  const groups = groupBy(props.marks, ({ look }) => look.shape);
  return (
    <g transform={`scale(${scale})`}>
      {[...groups.values()].map(marks => {
        const { look } = marks[0];
        return (
          <g key={look.shape} color={toColour(look.tone)}>
            {shapes[look.shape].map((layer: Layer, index) => (
              <path
                key={index}
                d={marks
                  .map(({ x, y }) => layer.path(x / scale, y / scale))
                  .join('')}
                {...toPaint(layer)}
              />
            ))}
          </g>
        );
      })}
    </g>
  );
}

/** Returns the CSS colour of a tone. */
export function toColour(tone: Tone): string {
  return `var(--dl-${tone})`;
}
