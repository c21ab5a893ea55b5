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
] as const;

export type PartName = (typeof partNames)[number];
