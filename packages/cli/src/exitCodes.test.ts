import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { OperationStartedError } from '@data-lake/cloudformation';
import { exitCodes, toExitCode } from './exitCodes';
import { UsageError } from './usageError';

describe('toExitCode', () => {
  const codes = [
    [new UsageError('x'), exitCodes.usage],
    [new InputError('x'), exitCodes.usage],
    [new ConflictError('x'), exitCodes.refused],
    [new NotAllowedError('x'), exitCodes.refused],
    [new NotFoundError('x'), exitCodes.refused],
    [new Error('x'), exitCodes.failed],
  ] as const;

  it('says whether something was refused', () => {
    expect(codes.map(([error]) => toExitCode(error))).toEqual(
      codes.map(([, code]) => code),
    );
  });

  it('never says that nothing was changed once CloudFormation had started', () => {
    const started = codes.map(([error]) =>
      toExitCode(new OperationStartedError('x', error)),
    );
    expect(new Set(started)).toEqual(new Set([exitCodes.started]));
  });
});
