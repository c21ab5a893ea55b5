import { Check } from '@data-lake/plugin-data-lake-common';

/** State of a check, the reason for it and, unless it passed, what to do. */
export type CheckOutcome = Pick<Check, 'state' | 'reason' | 'remedy'>;

export const passed = (reason: string): CheckOutcome => ({
  state: 'passed',
  reason,
});

export const failed = (reason: string, remedy: string): CheckOutcome => ({
  state: 'failed',
  reason,
  remedy,
});

export const unknown = (reason: string, remedy?: string): CheckOutcome => ({
  state: 'unknown',
  reason,
  remedy,
});
