import { Check } from '@data-lake/plugin-data-lake-common';
import { VerifyContext } from './context';

/** What a check has seen. */
export type Verdict = Pick<Check, 'state' | 'reason' | 'remedy'>;

/** One post-installation check. */
export interface ProjectCheck {
  id: string;
  title: string;
  /** What it throws is an unknown, with the error as its reason. */
  look(context: VerifyContext): Promise<Verdict>;
}

export const passed = (reason: string): Verdict => ({
  state: 'passed',
  reason,
});

export const failed = (reason: string, remedy: string): Verdict => ({
  state: 'failed',
  reason,
  remedy,
});

export const unknown = (reason: string, remedy?: string): Verdict => ({
  state: 'unknown',
  reason,
  remedy,
});
