import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { formatAccount } from '../../format';

/** Lists name, region, account and Airflow of an environment, in the order of the AWS console. */
export function listHeaderFacts(environment: EnvironmentStatus): string[] {
  const { region, accountName, account, resources } = environment;
  const mwaa = resources.find(r => r.type === 'AWS::MWAA::Environment');
  const airflow = mwaa?.facts.find(fact => /airflow/i.test(fact.label));
  return [
    environment.name,
    region,
    [accountName, formatAccount(account)].filter(Boolean).join(' '),
    ...(mwaa ? [mwaa.name] : []),
    ...(airflow ? [`Airflow ${airflow.text.replace(/^airflow\s*/i, '')}`] : []),
  ];
}
