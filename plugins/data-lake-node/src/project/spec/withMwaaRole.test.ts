import { defaultTemplateRules } from '@data-lake/cloudformation';
import { withMwaaRole } from './withMwaaRole';

const rolesFor = (MwaaExecutionRoleName: string) =>
  withMwaaRole(
    { ...defaultTemplateRules, reach: { attachableRoles: ['shared'] } },
    { parameters: { MwaaExecutionRoleName } },
  ).reach?.attachableRoles;

it('lets a project attach policies to the role of its MWAA environment, beside those that are configured', () => {
  expect(rolesFor('airflow')).toEqual(['shared', 'airflow']);
});

it.each(['*', 'air*', 'airflo?'])('takes %s for no role', name => {
  expect(rolesFor(name)).toEqual(['shared', '']);
});
