import fc from 'fast-check';
import { findGates } from './findGates';
import { ResourceChange, toResourceChange } from '../stack/resourceChange';

const does = [
  'added',
  'adopted',
  'changed',
  'perhaps replaced',
  'replaced',
  'removed',
] as const;

const aChange = (change: Partial<ResourceChange> = {}): ResourceChange => ({
  logicalId: 'Data',
  type: 'AWS::S3::Bucket',
  physicalId: 'movies',
  does: 'replaced',
  properties: [],
  former: 'deleted',
  stateful: true,
  ...change,
});

const broader = {
  logicalId: 'Role',
  type: 'AWS::IAM::Role',
  of: 'iam' as const,
  text: 'allows this role: s3:* on *',
};

describe('findGates', () => {
  it('passes only harmless or allowed changes', () => {
    const changes = fc.array(
      fc.record({
        does: fc.constantFrom(...does),
        stateful: fc.boolean(),
        unprotected: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(
        changes,
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (list, wider, allowReplacement, allowBroaderPermissions) => {
          const resources = list.map(change => aChange(change));
          const gates = findGates(
            {
              does: 'update',
              resources,
              broader: wider ? [broader] : [],
            },
            { allowReplacement, allowBroaderPermissions },
          );
          const danger = list.some(
            change =>
              change.stateful &&
              (change.unprotected ||
                !['added', 'adopted', 'changed'].includes(change.does)),
          );
          const needed =
            Number(danger && !allowReplacement) +
            Number(wider && !allowBroaderPermissions);
          expect(gates).toHaveLength(needed);
        },
      ),
    );
  });

  it('names the resource in danger, its change, and the input that allows it', () => {
    const change = aChange({ does: 'removed', former: 'kept' });
    expect(
      findGates(
        { does: 'update', resources: [change], broader: [broader] },
        {},
      ),
    ).toEqual([
      'Data (AWS::S3::Bucket, movies) would be removed, and its data kept. If this is intended, set allowReplacement: true',
      'Permissions become broader: Role: allows this role: s3:* on *. If this is intended, set allowBroaderPermissions: true',
    ]);
  });

  it('lets a new stack grant its permissions', () => {
    expect(
      findGates({ does: 'create', resources: [], broader: [broader] }, {}),
    ).toEqual([]);
  });
});

describe('toResourceChange', () => {
  it.each([
    [{ Action: 'Add' }, 'added', undefined],
    [{ Action: 'Import' }, 'adopted', undefined],
    [{ Action: 'Modify', Replacement: 'False' }, 'changed', undefined],
    [{ Action: 'Modify', Replacement: 'True' }, 'replaced', 'deleted'],
    [
      {
        Action: 'Modify',
        Replacement: 'Conditional',
        PolicyAction: 'ReplaceAndRetain',
      },
      'perhaps replaced',
      'kept',
    ],
    [{ Action: 'Remove', PolicyAction: 'Retain' }, 'removed', 'kept'],
    [{ Action: 'Dynamic' }, 'perhaps replaced', 'deleted'],
    [{ Action: 'NewInALaterSdk' }, 'perhaps replaced', 'deleted'],
  ] as const)('reads %j', (change, expected, former) => {
    const read = toResourceChange({
      ...(change as object),
      LogicalResourceId: 'X',
      ResourceType: 'AWS::S3::Bucket',
    });
    expect(read).toMatchObject({ does: expected, stateful: true });
    expect(read.former).toBe(former);
  });
});

it.each(['create', 'replace', 'update', 'nothing'] as const)(
  'to %s a stack needs permission for what reaches beyond it',
  act => {
    const one = {
      logicalId: 'Role',
      type: 'AWS::IAM::Role',
      of: 'iam' as const,
    };
    const near = { ...one, text: 'allows sns:Publish on x' };
    const far = {
      ...one,
      text: 'trusts 999999999999',
      farReaching: true as const,
    };
    const find = (permissions: (typeof near)[], allow = {}) =>
      findGates({ does: act, resources: [], broader: permissions }, allow);
    expect(find([far]).join()).toMatch(
      /Role: trusts 999999999999.*allowBroaderPermissions: true/,
    );
    expect(find([far], { allowBroaderPermissions: true })).toEqual([]);
    expect(find([near])).toHaveLength(act === 'update' ? 1 : 0);
  },
);
