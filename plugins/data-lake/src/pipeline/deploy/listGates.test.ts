import { deploymentPreview } from '../../__fixtures__/previews';
import { listGates } from './listGates';

const [stack] = deploymentPreview.stacks;
const broader = [
  { logicalId: 'Job', text: 'allows s3:GetObject on x' },
  { logicalId: 'Admin', text: 'allows * on *', farReaching: true },
];
const permissions = (does: (typeof stack)['does']) =>
  listGates({
    ...deploymentPreview,
    stacks: [{ ...stack, does, resources: [], broader }],
    uploads: [],
  }).map(({ id }) => id);

it('asks for all new permissions of an existing stack, and of a new one for what reaches beyond it', () => {
  const gate = (logicalId: string) => `${stack.name} permissions ${logicalId}`;
  expect(permissions('update')).toEqual([gate('Job'), gate('Admin')]);
  expect(permissions('create')).toEqual([gate('Admin')]);
  expect(permissions('replace')).toEqual([gate('Admin')]);
});
