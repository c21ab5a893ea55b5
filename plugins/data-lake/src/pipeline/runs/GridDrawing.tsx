import { useId } from 'react';
import type { MouseEvent } from 'react';
import { GridBars } from './GridBars';
import { GridMarks, markSize } from './GridMarks';
import { grid } from './layoutGrid';
import type { GridLayout } from './layoutGrid';
import type { CellPosition } from './moveCell';

const base = grid.barsHeight;
const head = grid.barsHeight + grid.datesHeight;

/** The grid as one SVG with one path per state, so that 200 runs need about 40 nodes. */
export function GridDrawing(props: {
  layout: GridLayout;
  selectedColumn: number;
  focus?: CellPosition;
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
      <Stripes id={stripes} />
      {selectedColumn >= 0 && (
        <SelectedColumn column={selectedColumn} height={height} />
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
      <GridBars columns={layout.columns} stripes={stripes} />
      <Dates labels={layout.labels} />
      <ServiceLines layout={layout} />
      <GridMarks
        marks={layout.cells.map(cell => ({
          look: cell.look,
          x: cell.column * grid.column + (grid.column - markSize) / 2,
          y: head + layout.rows[cell.row].y + (grid.row - markSize) / 2,
        }))}
      />
      {focus && <FocusRing layout={layout} cell={focus} />}
    </svg>
  );
}

function Stripes(props: { id: string }) {
  return (
    <pattern
      id={props.id}
      width={5}
      height={5}
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width={2} height={5} fill="var(--dl-running)" />
    </pattern>
  );
}

function SelectedColumn(props: { column: number; height: number }) {
  return (
    <rect
      x={props.column * grid.column + 1}
      y={1}
      width={grid.column - 2}
      height={props.height}
      rx={5}
      fill="var(--dl-selected)"
      stroke="var(--dl-ring)"
      strokeWidth={2}
    />
  );
}

function Dates(props: { labels: GridLayout['labels'] }) {
  return (
    <>
      {props.labels.map(({ x, text }) => (
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
    </>
  );
}

function ServiceLines(props: { layout: GridLayout }) {
  const { rows, width } = props.layout;
  return (
    <>
      {rows
        .filter(row => row.first)
        .map(row => (
          <line
            key={row.key}
            x1={0}
            x2={width}
            y1={head + row.y - 3.5}
            y2={head + row.y - 3.5}
            stroke="var(--dl-hairline)"
          />
        ))}
    </>
  );
}

function FocusRing(props: { layout: GridLayout; cell: CellPosition }) {
  const { column, row } = props.cell;
  const isBar = row < 0;
  return (
    <rect
      x={column * grid.column + 1}
      y={isBar ? 2 : head + props.layout.rows[row].y + 1}
      width={grid.column - 2}
      height={isBar ? base - 2 : grid.row - 2}
      rx={3}
      fill="none"
      stroke="var(--dl-ring)"
      strokeWidth={2}
    />
  );
}
