import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { Rule, rules } from './rules';

/** A permission policy for a whole installation: `rules` says who may do what. */
export class InstallationPolicy implements PermissionPolicy {
  constructor(
    private readonly options: {
      /** Refs of the groups that run the installation. */
      platform: readonly string[];
      /** Who may register entities in the catalog. */
      register: 'platform' | 'everyone';
    },
  ) {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const rule = Object.hasOwn(rules, permission.name)
      ? rules[permission.name]
      : undefined;
    if (!user || !rule) return denied;
    return this.isOpen(rule, user) ? allowed : decide(rule, permission, user);
  }

  /** Whether the rule opens everything to the user, without a look at the resource. */
  private isOpen(rule: Rule, user: PolicyQueryUser): boolean {
    if (rule === 'everyone') return true;
    if (rule === 'register' && this.options.register === 'everyone')
      return true;
    return rule !== 'owner' && this.isPlatform(user);
  }

  private isPlatform({ info }: PolicyQueryUser): boolean {
    return info.ownershipEntityRefs.some(ref =>
      this.options.platform.includes(ref),
    );
  }
}

/** Decides by the resource; denied if there is none. */
function decide(
  rule: Rule,
  permission: Permission,
  { info }: PolicyQueryUser,
): PolicyDecision {
  const isOfOwner = rule === 'owner' || rule === 'caretaker';
  if (isOfOwner && isResourcePermission(permission, 'catalog-entity')) {
    const claims = info.ownershipEntityRefs;
    return createCatalogConditionalDecision(
      permission,
      catalogConditions.isEntityOwner({ claims }),
    );
  }
  if (
    rule === 'creator' &&
    isResourcePermission(permission, 'scaffolder-task')
  ) {
    return createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({ createdBy: [info.userEntityRef] }),
    );
  }
  return denied;
}

const allowed = { result: AuthorizeResult.ALLOW } as const;
const denied = { result: AuthorizeResult.DENY } as const;
