import { defaultTemplateRules } from '@data-lake/cloudformation';
import { withMwaaRole } from './withMwaaRole';

const rolesFor = (MwaaExecutionRoleName: string, ...stacks: string[]) =>
  withMwaaRole(
    { ...defaultTemplateRules, reach: { attachableRoles: ['shared'] } },
    { parameters: { MwaaExecutionRoleName }, dagId: 'movielens-demo' },
    stacks.map(name => ({ name })),
  ).reach?.attachableRoles;

it('lets a project attach policies to the role of its MWAA environment, beside those that are configured', () => {
  expect(rolesFor('airflow')).toEqual(['shared', 'airflow']);
});

it.each(['*', 'air*', 'airflo?'])('takes %s for no role', name => {
  expect(rolesFor(name)).toEqual(['shared', '']);
});

it('lets a project that makes its MWAA environment attach policies to the role of its own name, whatever project.yaml names', () => {
  for (const named of ['movielens-demo-mwaa-execution', 'admin', '*']) {
    expect(rolesFor(named, 'mwaa', 'foundations')).toEqual([
      'shared',
      'movielens-demo-mwaa-execution',
    ]);
  }
});
