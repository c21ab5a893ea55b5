import type { ParameterType } from '@aws-sdk/client-ssm';

/**
 * Whether a parameter's value may be shown. Complete on purpose: an SDK upgrade that adds a type
 * stops the build here.
 */
export const valueMayBeShown = {
  String: true,
  StringList: true,
  SecureString: false,
} satisfies Record<ParameterType, boolean>;
