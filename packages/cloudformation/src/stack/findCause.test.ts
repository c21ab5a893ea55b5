import { StackStatus } from '@aws-sdk/client-cloudformation';
import { StackEvent } from './events';
import { findCause, isRolledBackByCaller, toFailureText } from './findCause';

const event = (change: Partial<StackEvent>): StackEvent => ({
  id: Math.random().toString(),
  at: new Date(0),
  stackId: 'stack',
  logicalId: 'X',
  physicalId: 'x',
  type: 'AWS::SNS::Topic',
  status: 'CREATE_FAILED',
  ofStack: false,
  ...change,
});
const ofStack = (status: StackStatus, reason?: string) =>
  event({
    logicalId: 'lake',
    physicalId: 'stack',
    type: 'AWS::CloudFormation::Stack',
    ofStack: true,
    status,
    reason,
  });
const nested = (change: Partial<StackEvent>) =>
  event({ stackId: 'nested', within: 'Network', ...change });
const ofNested = (status: StackStatus, reason?: string) =>
  nested({
    logicalId: 'lake-Network',
    physicalId: 'nested',
    type: 'AWS::CloudFormation::Stack',
    status,
    reason,
  });

describe('findCause', () => {
  it('is the first failure that was not cancelled with the others', () => {
    const cause = event({ logicalId: 'Bucket', reason: 'already exists' });
    expect(
      findCause([
        event({ status: 'CREATE_IN_PROGRESS' }),
        event({ reason: 'Resource creation cancelled' }),
        cause,
        event({ logicalId: 'Later', reason: 'too' }),
        ofStack('CREATE_FAILED', 'The following resource(s) failed'),
      ]),
    ).toBe(cause);
  });

  it('is the stack itself if no resource has a reason', () => {
    const stack = ofStack('CREATE_FAILED', 'Validation failed');
    expect(findCause([stack])).toBe(stack);
  });
});

/** How operations end, and the events between. */
const endings: {
  act: string;
  starts: StackStatus;
  rollsBack?: StackStatus;
  ends: StackStatus;
  failed: string;
}[] = [
  ...(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'] as const).map(ends => ({
    act: 'create',
    starts: 'CREATE_IN_PROGRESS' as const,
    rollsBack: 'ROLLBACK_IN_PROGRESS' as const,
    ends,
    failed: 'CREATE_FAILED',
  })),
  ...(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'] as const).map(
    ends => ({
      act: 'update',
      starts: 'UPDATE_IN_PROGRESS' as const,
      rollsBack: 'UPDATE_ROLLBACK_IN_PROGRESS' as const,
      ends,
      failed: 'UPDATE_FAILED',
    }),
  ),
  ...(['IMPORT_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_FAILED'] as const).map(
    ends => ({
      act: 'import',
      starts: 'IMPORT_IN_PROGRESS' as const,
      rollsBack: 'IMPORT_ROLLBACK_IN_PROGRESS' as const,
      ends,
      failed: 'IMPORT_FAILED',
    }),
  ),
  // without rollback
  {
    act: 'create',
    starts: 'CREATE_IN_PROGRESS',
    ends: 'CREATE_FAILED',
    failed: 'CREATE_FAILED',
  },
  {
    act: 'update',
    starts: 'UPDATE_IN_PROGRESS',
    ends: 'UPDATE_FAILED',
    failed: 'UPDATE_FAILED',
  },
  {
    act: 'delete',
    starts: 'DELETE_IN_PROGRESS',
    ends: 'DELETE_FAILED',
    failed: 'DELETE_FAILED',
  },
  {
    act: 'continue rollback',
    starts: 'UPDATE_ROLLBACK_IN_PROGRESS',
    ends: 'UPDATE_ROLLBACK_FAILED',
    failed: 'UPDATE_FAILED',
  },
];

const real = 'Export lake-vpc cannot be updated as it is in use by other';
const summary = 'The following resource(s) failed to update: [Bucket]. ';
const cancelled = 'Resource update cancelled';

describe.each(endings)(
  'the cause of $act that ends $ends',
  ({ starts, rollsBack, ends, failed }) => {
    const start = ofStack(starts, 'User Initiated');
    const rollback = (reason?: string) =>
      rollsBack ? [ofStack(rollsBack, reason)] : [];
    const end = (reason?: string) => ofStack(ends, reason);
    const endReason = ends.endsWith('_FAILED') ? 'cannot go back' : undefined;
    // a rollback that fails has a resource that cannot go back, which is no cause
    const stuck =
      rollsBack && ends.endsWith('_FAILED')
        ? [event({ logicalId: 'Stuck', status: failed, reason: 'is gone' })]
        : [];
    const others = [
      event({ status: failed, logicalId: 'Other', reason: cancelled }),
    ];

    const places: Record<string, StackEvent[]> = {
      'of a resource': [
        start,
        ...others,
        event({ logicalId: 'Bucket', status: failed, reason: real }),
        ...rollback(summary),
        ...stuck,
        end(endReason && summary),
      ],
      'of a resource in a nested stack': [
        start,
        nested({ logicalId: 'Bucket', status: failed, reason: real }),
        event({
          logicalId: 'Network',
          physicalId: 'nested',
          type: 'AWS::CloudFormation::Stack',
          status: failed,
          reason: 'Embedded stack was not successfully updated',
        }),
        ...rollback(summary),
        ...stuck,
        end(endReason && summary),
      ],
      'of the rollback of a nested stack': [
        start,
        ofNested('UPDATE_ROLLBACK_IN_PROGRESS', real),
        event({
          logicalId: 'Network',
          physicalId: 'nested',
          type: 'AWS::CloudFormation::Stack',
          status: failed,
          reason: 'Embedded stack was not successfully updated',
        }),
        ...rollback(summary),
        ...stuck,
        end(endReason && summary),
      ],
      ...(rollsBack && {
        'of the rollback of the stack itself': [
          start,
          ...others,
          ...rollback(real),
          ...stuck,
          end(endReason),
        ],
      }),
      ...(!rollsBack && {
        'of the end of the stack itself': [start, ...others, end(real)],
      }),
    };

    it.each(Object.entries(places))('is the reason %s', (_place, events) => {
      const cause = findCause(events);
      expect(cause?.reason).toBe(real);
      expect(toFailureText(cause!, events)).not.toMatch(/User Initiated/);
    });

    it('is never that a caller asked for it', () => {
      const events = [start, ...rollback('User Initiated'), end()];
      expect(findCause(events)?.reason).not.toBe('User Initiated');
    });
  },
);

describe('a rollback that a caller asked for', () => {
  it('is told from one by a failure', () => {
    const by = (reason: string) => [
      ofStack('UPDATE_IN_PROGRESS', 'User Initiated'),
      ofStack('UPDATE_ROLLBACK_IN_PROGRESS', reason),
    ];
    expect(isRolledBackByCaller(by('User Initiated'))).toBe(true);
    expect(isRolledBackByCaller(by(real))).toBe(false);
  });
});

describe('toFailureText', () => {
  it('tells what hooks answered for the resource', () => {
    const failed = event({
      logicalId: 'Bucket',
      reason: 'The following hook(s) failed: [Company::S3::Encrypted]',
    });
    const hook = (status: string, logicalId: string, reason: string) =>
      event({
        logicalId,
        status: 'CREATE_IN_PROGRESS',
        hook: {
          type: 'Company::S3::Encrypted',
          status,
          reason,
          warnsOnly: false,
        },
      });
    const events = [
      hook('HOOK_COMPLETE_SUCCEEDED', 'Bucket', 'first'),
      hook('HOOK_COMPLETE_FAILED', 'Other', 'elsewhere'),
      hook('HOOK_COMPLETE_FAILED', 'Bucket', 'is not encrypted'),
      failed,
    ];
    expect(toFailureText(failed, events)).toBe(
      'Bucket (AWS::SNS::Topic) CREATE_FAILED: The following hook(s) failed: [Company::S3::Encrypted]; hook Company::S3::Encrypted HOOK_COMPLETE_FAILED: is not encrypted',
    );
  });
});
