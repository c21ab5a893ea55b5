/** `111122223333` → `1111-2222-3333`, as in the AWS console. */
export function formatAccount(id: string): string {
  return id.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}
