import type { Look } from '../../state';
import { GridMarks, markSize, toColour } from './GridMarks';
import { groupBy } from './groupBy';
import { grid } from './layoutGrid';
import type { Column } from './layoutGrid';

const base = grid.barsHeight;

/** The bars of the runs; a run without success has a mark above its bar. */
export function GridBars(props: {
  columns: readonly Column[];
  /** Id of the pattern for runs in progress. */
  stripes: string;
}) {
  const groups = groupBy(props.columns, column => column.look.shape);
  const unsuccessful = props.columns.filter(c => c.look.shape !== 'succeeded');
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
      <GridMarks
        marks={unsuccessful.map(({ look, x, barHeight }) => ({
          look,
          x: x + (grid.column - markSize) / 2,
          y: base - barHeight - markSize - 2,
        }))}
      />
    </>
  );
}

/** Striped while the run is in progress, hollow if it neither succeeded nor failed. */
function toFill(look: Look, stripes: string): string {
  if (look.shape === 'running') return `url(#${stripes})`;
  return look.tone === 'idle' ? 'none' : toColour(look.tone);
}

function toBar({ x, barHeight }: Column): string {
  return `M${x + 4} ${base}v${-barHeight}h9v${barHeight}z`;
}
