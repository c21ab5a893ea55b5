import { NotAllowedError } from '@backstage/errors';

/** The part of a plan that gates look at. @public */
export interface PlannedDeletions {
  /** Paths below the prefix. */
  deletes: readonly string[];
  /** Number of files in the manifest. */
  uploadedBefore: number;
}

/** What an upload may do only if the caller says so. @public */
export interface UploadAllowances {
  /** Most files that may be deleted. Optional, default 20, or half of the uploaded files if that is more. */
  maxDeleted?: number;
}

/** A release of usual size may be replaced as a whole; a folder given by mistake deletes more. */
const usuallyDeleted = 20;

/**
 * Lists the reasons why a planned upload may not be applied, with what would allow it; empty if it may.
 *
 * @public
 */
export function findUploadGates(
  { deletes, uploadedBefore }: PlannedDeletions,
  { maxDeleted }: UploadAllowances = {},
): string[] {
  const allowed = maxDeleted ?? Math.max(usuallyDeleted, uploadedBefore / 2);
  if (deletes.length <= allowed) return [];
  return [
    `${deletes.length} of ${uploadedBefore} uploaded files would be deleted, which looks like a mistake. If this is intended, set maxDeleted: ${deletes.length}`,
  ];
}

/**
 * Refuses a planned upload that has gates.
 *
 * @throws NotAllowedError that lists them
 * @public
 */
export function assertUploadAllowed(
  plan: PlannedDeletions,
  allowances: UploadAllowances,
): void {
  const gates = findUploadGates(plan, allowances);
  if (gates.length === 0) return;
  throw new NotAllowedError(`Nothing was uploaded: ${gates.join('. ')}`);
}
