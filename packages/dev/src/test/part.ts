import type { PartName } from './partNames.ts';
import type { Report } from './reports/report.ts';

/** A part of the tests. */
export interface Part {
  /** Processor cores that its tests keep busy, about: parts run side by side while the machine has cores. */
  cores: number;
  /** Installs what its tests need; runs in the background, at low priority, during the parts before it. */
  install?: () => Promise<unknown>;
  /**
   * Starts the servers that its tests call; runs in the background during the part before it. Parts with servers
   * take turns.
   */
  start?: () => Promise<void>;
  /** Parts whose results it reads: they run before it. */
  needs?: readonly PartName[];
  run: () => Promise<Report>;
}
