/**
 * Derives the identity under which a task works: the same after a restart, and for all of its steps. A
 * later step attaches to what an earlier one started (`wait: false`), and waits for other work of its own
 * task on the same stack.
 *
 * @public
 */
export function toIdentity({ task }: { task: { id: string } }): string {
  return `task ${task.id}`;
}
