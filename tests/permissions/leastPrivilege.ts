import { list, refusal } from './policy';
import type { RecordedCall } from './recorded';
import type { Subject } from './subjects';

/** The reason for granting actions that no run uses. */
export interface UnusedGrant {
  actions: string[];
  reason: string;
  /** Whether only some runs use them, for example after a failure or with a second upload. */
  sometimes?: true;
}

/** The content of unused-grants.yaml, by kind of role. */
export interface UnusedGrants {
  [kind: string]: UnusedGrant[];
}

/** Returns a line for every recorded call that the caller's policies do not allow. */
export function refusedCalls(
  subjects: readonly Subject[],
  calls: readonly RecordedCall[],
): string[] {
  return subjects.flatMap(subject =>
    callsOf(subject, calls).flatMap(call => {
      const why = refusal(subject.policies, call);
      return why === undefined
        ? []
        : [
            `${subject.caller} may not ${call.action} on ${call.resource}: ${why}`,
          ];
    }),
  );
}

/** Returns, for each kind, the granted actions that no subject of the kind has called. */
export function unusedActions(
  subjects: readonly Subject[],
  calls: readonly RecordedCall[],
): Record<string, string[]> {
  const unused: Record<string, Set<string>> = {};
  for (const subject of subjects) {
    unused[subject.kind] ??= new Set();
    grantsOf(subject).forEach(action => unused[subject.kind].add(action));
  }
  for (const subject of subjects) {
    callsOf(subject, calls).forEach(({ action }) =>
      unused[subject.kind].delete(action),
    );
  }
  return Object.fromEntries(
    Object.entries(unused).map(([kind, actions]) => [
      kind,
      [...actions].sort(),
    ]),
  );
}

/**
 * Returns a line for every grant that is neither used nor listed with its reason, and for every listed grant that is
 * used. Skips kinds of roles that are not deployed.
 */
export function unlistedGrants(
  unused: Record<string, string[]>,
  listed: UnusedGrants,
): string[] {
  return Object.entries(unused).flatMap(([kind, actions]) => {
    const entries = listed[kind] ?? [];
    const named = entries.flatMap(entry => entry.actions);
    const surely = entries
      .filter(({ sometimes }) => !sometimes)
      .flatMap(entry => entry.actions);
    return [
      ...actions
        .filter(action => !named.includes(action))
        .map(
          action =>
            `${kind} is granted ${action}, which no run used: take it away, or list it with its reason`,
        ),
      ...surely
        .filter(action => !actions.includes(action))
        .map(
          action =>
            `${kind} lists ${action}, which a run used or which is granted no more: take it off the list`,
        ),
      ...named
        .filter((action, index) => named.indexOf(action) !== index)
        .map(action => `${kind} lists ${action} twice`),
    ];
  });
}

/** Compares callers by account too: a role with the same name in another account is another caller. */
function callsOf({ caller, account }: Subject, calls: readonly RecordedCall[]) {
  return calls.filter(
    call => call.caller === caller && call.account === account,
  );
}

/** AWS's own policies are granted as a whole, so their actions are not compared. */
function grantsOf({ policies, managed }: Subject): string[] {
  const allowed = policies
    .flatMap(({ statements }) => statements)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => list(Action));
  return [...allowed, ...managed];
}
