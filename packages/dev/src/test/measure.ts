import { cpus } from 'node:os';

/** How long a run took, and how busy the machine was. */
export interface Measures {
  /** Wall time. */
  seconds: number;
  /** Processor cores in use meanwhile, on average, by all processes of the machine. */
  busyCores: number;
}

/** Starts to measure. @returns a function that tells the measures since then */
export function startMeasure(): () => Measures {
  const start = Date.now();
  const busyBefore = busyMs();
  return () => ({
    seconds: (Date.now() - start) / 1000,
    busyCores: (busyMs() - busyBefore) / Math.max(1, Date.now() - start),
  });
}

function busyMs(): number {
  return cpus().reduce(
    (sum, { times }) => sum + times.user + times.nice + times.sys + times.irq,
    0,
  );
}
