/** The parts of `./dev test`, in the order in which they run. */
export const partNames = [
  'unit',
  'local-aws',
  'skeleton',
  'cases',
  'integration',
  'e2e',
  'runs',
  'permissions',
  'gitea',
  'walks',
] as const;

export type PartName = (typeof partNames)[number];

/** Parts that run by name only: they need what not every machine has, or take longer than others wait. */
export const byNameOnly: readonly PartName[] = ['gitea', 'walks'];
