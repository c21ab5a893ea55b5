import { useId } from 'react';
import type { MouseEvent } from 'react';
import { shapes, toPaint } from '../../state';
import type { Layer, Look, Tone } from '../../state';
import { grid } from './layoutGrid';
import type { Column, GridLayout } from './layoutGrid';
import type { Place } from './moveCell';

const base = grid.barsHeight;
const head = grid.barsHeight + grid.datesHeight;
const mark = 12;

/** One SVG, one path per state: two hundred runs are some forty nodes. */
export function GridDrawing(props: {
  layout: GridLayout;
  selectedColumn: number;
  focus?: Place;
  onClick(event: MouseEvent<SVGSVGElement>): void;
}) {
  const { layout, selectedColumn, focus } = props;
  const stripes = useId();
  const height = head + layout.height;
  return (
    <svg
      width={layout.width}
      height={height + 4}
      aria-hidden
      onClick={props.onClick}
      style={{ display: 'block', cursor: 'pointer' }}
    >
      <pattern
        id={stripes}
        width={5}
        height={5}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={2} height={5} fill="var(--dl-running)" />
      </pattern>
      {selectedColumn >= 0 && (
        <rect
          x={selectedColumn * grid.column + 1}
          y={1}
          width={grid.column - 2}
          height={height}
          rx={5}
          fill="var(--dl-selected)"
          stroke="var(--dl-ring)"
          strokeWidth={2}
        />
      )}
      {layout.scale && (
        <line
          x1={0}
          x2={layout.width}
          y1={base - layout.scale.medianHeight}
          y2={base - layout.scale.medianHeight}
          stroke="var(--dl-idle)"
          strokeDasharray="3 3"
        />
      )}
      <Bars columns={layout.columns} stripes={stripes} />
      {layout.labels.map(({ x, text }) => (
        <text
          key={x}
          x={x}
          y={base + 14}
          fontSize={12}
          fill="var(--dl-fg-secondary)"
        >
          {text}
        </text>
      ))}
      {layout.rows
        .filter(row => row.first)
        .map(row => (
          <line
            key={row.key}
            x1={0}
            x2={layout.width}
            y1={head + row.y - 3.5}
            y2={head + row.y - 3.5}
            stroke="var(--dl-hairline)"
          />
        ))}
      <Marks
        places={layout.cells.map(cell => ({
          look: cell.look,
          x: cell.column * grid.column + (grid.column - mark) / 2,
          y: head + layout.rows[cell.row].y + (grid.row - mark) / 2,
        }))}
      />
      {focus && (
        <rect
          x={focus.column * grid.column + 1}
          y={focus.row < 0 ? 2 : head + layout.rows[focus.row].y + 1}
          width={grid.column - 2}
          height={focus.row < 0 ? base - 2 : grid.row - 2}
          rx={3}
          fill="none"
          stroke="var(--dl-ring)"
          strokeWidth={2}
        />
      )}
    </svg>
  );
}

function Bars(props: { columns: readonly Column[]; stripes: string }) {
  const groups = groupBy(props.columns, column => column.look.shape);
  const troubled = props.columns.filter(c => c.look.shape !== 'succeeded');
  return (
    <>
      {[...groups.values()].map(columns => {
        const { look } = columns[0];
        const fill = toFill(look, props.stripes);
        return (
          <path
            key={look.shape}
            d={columns.map(toBar).join('')}
            fill={fill}
            stroke={fill === toColour(look.tone) ? 'none' : toColour(look.tone)}
            strokeWidth={1.5}
          />
        );
      })}
      <Marks
        places={troubled.map(({ look, x, barHeight }) => ({
          look,
          x: x + (grid.column - mark) / 2,
          y: base - barHeight - mark - 2,
        }))}
      />
    </>
  );
}

/** Striped while it runs, hollow where it came to nothing. */
function toFill(look: Look, stripes: string): string {
  if (look.shape === 'running') return `url(#${stripes})`;
  return look.tone === 'idle' ? 'none' : toColour(look.tone);
}

function toBar({ x, barHeight }: Column): string {
  return `M${x + 4} ${base}v${-barHeight}h9v${barHeight}z`;
}

/** Marks of many places, drawn as one path per state and layer. */
function Marks(props: { places: Array<{ look: Look; x: number; y: number }> }) {
  const scale = mark / 16;
  const groups = groupBy(props.places, ({ look }) => look.shape);
  return (
    <g transform={`scale(${scale})`}>
      {[...groups.values()].map(places => {
        const { look } = places[0];
        return (
          <g key={look.shape} color={toColour(look.tone)}>
            {shapes[look.shape].map((layer: Layer, index) => (
              <path
                key={index}
                d={places
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

function toColour(tone: Tone): string {
  return `var(--dl-${tone})`;
}

function groupBy<T, K>(
  items: readonly T[],
  toKey: (item: T) => K,
): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
