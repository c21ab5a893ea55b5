/** `arn:aws:states:eu-central-1:123456789012:stateMachine:movielens-demo` → `movielens-demo` */
export function toResourceName(id: string): string {
  return id.startsWith('arn:') ? id.split(':').pop()! : id;
}
