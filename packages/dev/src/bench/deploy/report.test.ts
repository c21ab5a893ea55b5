import { phases, type Result, type Results } from './phases.ts';
import { toJson } from './report.ts';

const toResults = (seconds: number): Results => {
  const one = (factor: number) =>
    Object.fromEntries(
      phases.map((phase, at): [string, Result[]] => [
        phase,
        [
          {
            seconds: phase === 'noop' ? factor : seconds + factor + at,
            cpuSeconds: 1,
            peakMiB: 10 * factor,
            calls: 10 * factor,
          },
        ],
      ]),
    );
  return {
    ours: one(1),
    awsCli: one(2),
    cdk: one(3),
  } as unknown as Results;
};

it("ends with the seconds of each tool, and like AWS those beyond the stack's own", () => {
  expect(toJson({ local: toResults(0), likeAws: toResults(40) })).toEqual({
    create: { ours: 1, awsCli: 2, cdk: 3 },
    noop: { ours: 1, awsCli: 2, cdk: 3 },
    update: { ours: 3, awsCli: 4, cdk: 5 },
    delete: { ours: 4, awsCli: 5, cdk: 6 },
    calls: { create: 10 },
    peakMiB: { ours: 10, awsCli: 20, cdk: 30 },
    likeAws: {
      create: { ours: 1, awsCli: 2, cdk: 3 },
      noop: { ours: 1, awsCli: 2, cdk: 3 },
      update: { ours: 3, awsCli: 4, cdk: 5 },
      delete: { ours: 4, awsCli: 5, cdk: 6 },
    },
    likeAwsCalls: {
      create: { ours: 10, awsCli: 20, cdk: 30 },
      noop: { ours: 10, awsCli: 20, cdk: 30 },
      update: { ours: 10, awsCli: 20, cdk: 30 },
      delete: { ours: 10, awsCli: 20, cdk: 30 },
    },
  });
});
