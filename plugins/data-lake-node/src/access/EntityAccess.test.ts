import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { AccountAccess } from '@data-lake/aws';
import { AccessConfig } from './config';
import { EntityAccess } from './EntityAccess';
import { getOwner } from './owner';

const credentials = mockCredentials.user('user:default/ada');
const entityRef = 'component:default/movielens';
const entity = (owner?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'movielens', namespace: 'default' },
  relations: owner ? [{ type: 'ownedBy', targetRef: owner }] : [],
});

function create(
  options: { deny?: string; entities?: Entity[]; acts?: AccessConfig } = {},
) {
  const permissions = mockServices.permissions.mock();
  permissions.authorize.mockImplementation(async requests =>
    requests.map(({ permission }) => ({
      result:
        permission.name === options.deny
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    })),
  );
  const accounts = {
    isMember: async (_: unknown, owner: string) => owner === 'group:default/us',
  } as AccountAccess;
  const catalog = catalogServiceMock({
    entities: options.entities ?? [entity('group:default/us')],
  });
  const { acts } = options;
  const access = new EntityAccess({ catalog, permissions, accounts, acts });
  return { access, permissions };
}

describe('EntityAccess', () => {
  it('reads an entity by its ref, in either form', async () => {
    const { access, permissions } = create();
    const ref = { kind: 'component', namespace: 'default', name: 'movielens' };
    for (const each of [entityRef, ref]) {
      expect(await access.readEntity(credentials, each, 'read')).toMatchObject({
        metadata: { name: 'movielens' },
      });
    }
    expect(permissions.authorize).toHaveBeenCalledWith(
      [expect.objectContaining({ resourceRef: entityRef })],
      { credentials },
    );
  });

  it('refuses an entity that is not there, and one without the permission', async () => {
    const { access } = create({ entities: [] });
    await expect(
      access.readEntity(credentials, entityRef, 'deploy'),
    ).rejects.toThrow(`No entity ${entityRef}`);
    const { access: denied } = create({ deny: 'data-lake.environment.deploy' });
    await expect(
      denied.readEntity(credentials, entityRef, 'deploy'),
    ).rejects.toThrow(
      `You may not deploy ${entityRef}: It needs the permission data-lake.environment.deploy`,
    );
  });

  const theirs = entity('group:default/them');
  const refused = {
    allowed: false,
    reason: 'Only members of group:default/them may',
  };

  it('lets others than members of the owner look, and neither run nor change anything', async () => {
    const { access } = create();
    await access.assertMay(credentials, 'read', theirs);
    expect(await access.listRights(credentials, theirs)).toEqual({
      run: refused,
      deploy: refused,
      delete: refused,
    });
    await expect(
      access.assertMay(credentials, 'delete', theirs),
    ).rejects.toThrow(/tear down .*Only members of group:default\/them may/);
    await access.assertMay(credentials, 'delete', entity('group:default/us'));
  });

  it('opens runs, and nothing else, to everyone with the permission where configured so', async () => {
    const acts = { run: 'anyone' } as const;
    expect(
      await create({ acts }).access.listRights(credentials, theirs),
    ).toEqual({ run: { allowed: true }, deploy: refused, delete: refused });
    const deny = 'data-lake.pipeline.run';
    expect(
      await create({ acts, deny }).access.listRights(credentials, theirs),
    ).toMatchObject({ run: { allowed: false } });
  });

  it.each(['run', 'deploy', 'delete'] as const)(
    'reads no entity of others to %s it',
    async act => {
      const { access } = create({ entities: [theirs] });
      await expect(
        access.readEntity(credentials, entityRef, act),
      ).rejects.toThrow(/Only members of group:default\/them may/);
      await access.readEntity(credentials, entityRef, 'read');
    },
  );

  it('opens nothing to an entity without an owner', async () => {
    const { access } = create();
    const orphan = entity();
    await expect(
      access.assertMay(credentials, 'deploy', orphan),
    ).rejects.toThrow(/it has none/);
    expect(() => getOwner(orphan)).toThrow(/has no owner.*catalog-info.yaml/);
    expect(getOwner(entity('group:default/us'))).toBe('group:default/us');
  });
});
