import { Fn } from 'aws-cdk-lib';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
  StarPrincipal,
} from 'aws-cdk-lib/aws-iam';

type Conditions = Record<string, Record<string, unknown>>;

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** Returns a statement that allows actions. */
export const allow = ({ actions, resources, conditions }: Statement) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], conditions });

export const document = (...statements: PolicyStatement[]) => new PolicyDocument({ statements });

/** Lets a service assume the role; with `conditions`, only on behalf of these callers. */
export const trusts = (service: string, conditions?: Conditions) =>
  document(
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      principals: [new ServicePrincipal(service)],
      conditions,
    }),
  );

/** Prevents a confused deputy: the service acts only for this account. */
export const onlyForThisAccount: Conditions = {
  StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
};

/** Denies requests without TLS. A wildcard is safe in a statement that denies. */
export const denyWithoutTls = (actions: string[], resources: string[]) =>
  new PolicyStatement({
    effect: Effect.DENY,
    principals: [new StarPrincipal()],
    actions,
    resources,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
