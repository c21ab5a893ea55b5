import type { Health, RunState } from '@data-lake/plugin-data-lake-common';
import type { Shape } from './shapes';

/** The five colours of states; `idle` is neutral. */
export type Tone = 'succeeded' | 'failed' | 'running' | 'late' | 'idle';

/** The look of a state: its shape, then its colour. */
export interface Look {
  shape: Shape;
  tone: Tone;
}

/** The looks of run states, complete on purpose; unknown is never green. */
export const runLook = {
  queued: { shape: 'queued', tone: 'idle' },
  running: { shape: 'running', tone: 'running' },
  succeeded: { shape: 'succeeded', tone: 'succeeded' },
  failed: { shape: 'failed', tone: 'failed' },
  cancelled: { shape: 'cancelled', tone: 'idle' },
  late: { shape: 'late', tone: 'late' },
  skipped: { shape: 'skipped', tone: 'idle' },
  unknown: { shape: 'unknown', tone: 'idle' },
} satisfies Record<RunState, Look>;

/** The looks of health, complete on purpose; unknown is never green. */
export const healthLook = {
  healthy: { shape: 'succeeded', tone: 'succeeded' },
  running: { shape: 'running', tone: 'running' },
  late: { shape: 'late', tone: 'late' },
  failed: { shape: 'failed', tone: 'failed' },
  gone: { shape: 'cancelled', tone: 'idle' },
  denied: { shape: 'denied', tone: 'idle' },
  unknown: { shape: 'unknown', tone: 'idle' },
} satisfies Record<Health, Look>;
