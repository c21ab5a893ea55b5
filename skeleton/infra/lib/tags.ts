import { Fn, Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Tags a resource that outlives the stack. All others get the same four tags from the stack's own tags, which
 * CloudFormation adds to every resource that supports tags; repeating them would take a seventh of the
 * template.
 */
export function tagged<T extends IConstruct>(resource: T): T {
  Tags.of(resource).add('data-lake:project', Fn.ref('Project'));
  Tags.of(resource).add('data-lake:environment', Fn.ref('Environment'));
  Tags.of(resource).add('data-lake:owner', Fn.ref('Owner'));
  Tags.of(resource).add('data-lake:entity', Fn.ref('Entity'));
  return resource;
}
