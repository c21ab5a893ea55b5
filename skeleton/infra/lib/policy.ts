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

/** An allowing statement. */
export const allow = ({ actions, resources, conditions }: Statement) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources], conditions });

export const document = (...statements: PolicyStatement[]) => new PolicyDocument({ statements });

/** Lets a service, and with `conditions` only on behalf of these callers, assume the role. */
export const trusts = (service: string, conditions?: Conditions) =>
  document(
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      principals: [new ServicePrincipal(service)],
      conditions,
    }),
  );

/** Against the confused deputy: the service acts for this account only. */
export const onlyForThisAccount: Conditions = {
  StringEquals: { 'aws:SourceAccount': Fn.ref('AWS::AccountId') },
};

/** Refuses what comes without TLS. A wildcard that denies is no wildcard that allows. */
export const denyWithoutTls = (actions: string[], resources: string[]) =>
  new PolicyStatement({
    effect: Effect.DENY,
    principals: [new StarPrincipal()],
    actions,
    resources,
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
