import type { Measured } from '../measure.ts';
import type { Deployer } from './deployers.ts';

/** The operations that are measured, in this order. */
export const phases = ['create', 'noop', 'update', 'delete'] as const;
export type Phase = (typeof phases)[number];

/** One measured operation. */
export type Result = Measured & { calls: number };

/** The results of all rounds. */
export type Results = Record<Deployer['name'], Record<Phase, Result[]>>;
