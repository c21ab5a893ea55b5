/**
 * Looks a service's own word up in a mapping; a word that it has not learnt is `unknown`.
 * The mapping itself is complete for the SDK's enum, by `satisfies Record<…>`.
 */
export function known<T extends string>(
  mapping: Readonly<Record<string, T>>,
  status: string | undefined,
): T | 'unknown' {
  return status !== undefined && Object.hasOwn(mapping, status)
    ? mapping[status]
    : 'unknown';
}
