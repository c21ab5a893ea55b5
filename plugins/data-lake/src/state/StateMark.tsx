import clsx from 'clsx';
import type { Look } from './look';
import { shapes } from './shapes';
import type { Layer } from './shapes';
import styles from './StateMark.module.css';

/** The shape of a state. Set `label` if no text beside it names the state. */
export function StateMark(props: {
  look: Look;
  size?: number;
  label?: string;
  className?: string;
}) {
  const { look, size = 16, label } = props;
  return (
    <svg
      className={clsx(styles.mark, styles[look.tone], props.className)}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(label
        ? { role: 'img', 'aria-label': label }
        : { 'aria-hidden': true })}
    >
      {shapes[look.shape].map((layer: Layer, index) => (
        <path
          key={index}
          d={layer.path(0, 0)}
          className={layer.spins ? styles.spins : undefined}
          {...toPaint(layer)}
        />
      ))}
    </svg>
  );
}

/** Returns fill and stroke of a layer; `currentColor` is the colour of the state. */
export function toPaint(layer: Layer) {
  const colour = layer.on ? 'var(--dl-on-state)' : 'currentColor';
  return {
    fill: layer.draw === 'fill' ? colour : 'none',
    stroke: layer.draw === 'stroke' ? colour : 'none',
    strokeWidth: layer.width,
    strokeDasharray: layer.dashes,
    opacity: layer.faint ? 0.35 : undefined,
  };
}
