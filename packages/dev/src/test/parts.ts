import type { Part } from './part.ts';
import type { PartName } from './partNames.ts';
import { cases } from './parts/cases.ts';
import { e2e } from './parts/e2e.ts';
import { gitea } from './parts/gitea.ts';
import { integration } from './parts/integration.ts';
import { localAws } from './parts/localAws.ts';
import { permissions } from './parts/permissions.ts';
import { runs } from './parts/runs.ts';
import { skeleton } from './parts/skeleton.ts';
import { unit } from './parts/unit.ts';
import { walks } from './parts/walks.ts';

/** The parts, by name. */
export const parts: Record<PartName, Part> = {
  unit,
  'local-aws': localAws,
  skeleton,
  cases,
  integration,
  e2e,
  runs,
  permissions,
  gitea,
  walks,
};
