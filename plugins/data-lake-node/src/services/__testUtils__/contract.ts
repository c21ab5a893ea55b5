/* eslint-disable jest/no-export -- one suite that every adapter's test runs */
import { ObservedResource, Step } from '@data-lake/plugin-data-lake-common';
import { ServiceObservation, ServiceAdapter, Stack } from '../adapter';
import { observeService } from '../observeService';
import { addUnkept, unkept } from './addUnkept';
import { contextWith, stackWith } from './context';
import { Answers, sdkError } from './fakeClients';
import { listReads, plant } from './plant';

/** The data that the contract needs of a service. */
export interface ContractCase {
  adapter: ServiceAdapter;
  /** Stacks with resources of the service. */
  stacks: Stack[];
  /** Everything is healthy, and each kind of resource and step exists once. */
  healthy: Answers;
  /** Ids of resources and steps that `healthy` must give. */
  ids: string[];
  /** Changes to `healthy`: listings of two pages, and the ids that must then be there too. */
  paged?: { answers: Answers; ids: string[] };
  /** Changes to `healthy`: a listing that never ends. */
  endless?: Answers;
  /** Changes to `healthy`: the service no longer knows this resource. */
  gone?: { answers: Answers; id: string };
  /** Changes to `healthy`: a status that the adapter does not know. */
  unknownStatus: { answers: Answers; ids: string[] };
  /** Changes to `healthy`: what failed, with the messages of its failures. */
  failed?: Answers;
  /** IAM action that a denial of the first call must name. */
  action: string;
}

/** The contract of all adapters: same promise, same test. */
export function describeContract(c: ContractCase) {
  const observe = (changes: Answers = {}, signal?: AbortSignal) => {
    const answers = { ...c.healthy, ...changes };
    const context = contextWith({ answers, stacks: c.stacks, signal });
    return observeService(c.adapter, context);
  };
  const failAll = (error: () => Error): Answers =>
    Object.fromEntries(
      Object.keys(c.healthy).map(call => [call, () => Promise.reject(error())]),
    );

  describe('as every adapter', () => {
    it('gives nothing, and no problem, if nothing exists', async () => {
      const context = contextWith({
        stacks: [stackWith([])],
        answers: emptyAnswers,
      });
      context.environment.stacks = [];
      expect(await c.adapter.observe(context)).toMatchObject({
        resources: [],
        parts: [],
        problems: [],
      });
    });

    it('gives what exists, in the shapes of the contract', async () => {
      const observation = await observe();
      expect(observation.problems).toEqual([]);
      expect(idsOf(observation)).toEqual(expect.arrayContaining(c.ids));
      observation.resources.forEach(r => ObservedResource.strict().parse(r));
      stepsOf(observation).forEach(s => Step.strict().parse(s));
      expect(wordsOf(observation)).not.toContain('unknown');
      for (const { steps } of observation.parts) {
        const ids = steps.map(({ id }) => id);
        const parents = steps.flatMap(({ parent }) => parent ?? []);
        expect(ids).toEqual(expect.arrayContaining(parents));
        expect(steps[0].parent).toBeUndefined();
      }
    });

    it('makes a denial a problem that names the action, and nothing healthy', async () => {
      const observation = await observe(
        failAll(() => sdkError('AccessDeniedException', 'no', 403)),
      );
      const [problem] = observation.problems;
      expect(problem).toMatchObject({
        service: c.adapter.id,
        health: 'denied',
      });
      expect(problem.message).toContain(c.action);
      expect(wordsOf(observation)).not.toContain('healthy');
    });

    it('makes throttling a problem, and nothing healthy', async () => {
      const observation = await observe(
        failAll(() => sdkError('ThrottlingException', 'Rate exceeded')),
      );
      expect(observation.problems[0]).toMatchObject({
        health: 'unknown',
        message: expect.stringMatching(/throttled/),
      });
      expect(wordsOf(observation)).not.toContain('healthy');
    });

    it.each(Object.keys(c.healthy))('goes on if only %s fails', async call => {
      const observation = await observe({
        [call]: () => Promise.reject(sdkError('InternalFailure', 'boom', 500)),
      });
      expect(observation.problems.length).toBeGreaterThan(0);
      expect(observation.problems[0].message).toContain('boom');
    });

    it('never shows an unknown status as success', async () => {
      const { answers, ids } = c.unknownStatus;
      const observation = await observe(answers);
      const states = new Map<string, string>([
        ...observation.resources.map(r => [r.id, r.health] as const),
        ...stepsOf(observation).map(s => [s.id, s.state] as const),
      ]);
      for (const id of ids)
        expect([id, states.get(id)]).toEqual([id, 'unknown']);
    });

    it.each(['healthy', 'failed'] as const)(
      'tells no secret, whichever text that it reads of a %s service holds one',
      async state => {
        const answers = { ...c.healthy, ...(state === 'failed' && c.failed) };
        const reads = await listReads(answers, recorded => observe(recorded));
        expect(reads.length).toBeGreaterThan(0);
        for (const read of reads) {
          for (const secret of [
            'password=hunter2',
            '{"--pin-token":"hunter2"}',
          ]) {
            const observation = await observe({
              ...answers,
              ...plant(answers, read, secret),
            });
            const { resources, parts, problems, schedule } = observation;
            const said = { resources, parts, problems, schedule };
            expect([read.path, JSON.stringify(said)]).toEqual([
              read.path,
              expect.not.stringContaining('hunter2'),
            ]);
          }
        }
      },
    );

    it('keeps nothing of what people give to jobs, functions and runs', async () => {
      const answers = { ...c.healthy, ...c.failed };
      const observation = await observe(addUnkept(answers));
      const text = JSON.stringify(observation);
      expect(text.replaceAll(unkept, '')).toBe(text);
      expect(observation).toEqual(await observe(answers));
    });

    it('throws when it is aborted, and makes no further call', async () => {
      const aborted = AbortSignal.abort(new Error('time is up'));
      await expect(observe({}, aborted)).rejects.toThrow('time is up');

      const controller = new AbortController();
      const first = Object.keys(c.healthy)[0];
      const midway = observe(
        {
          [first]: async () => {
            controller.abort(new Error('time is up'));
            throw Object.assign(new Error('Request aborted'), {
              name: 'AbortError',
            });
          },
        },
        controller.signal,
      );
      await expect(midway).rejects.toThrow('time is up');
    });

    const { gone, paged, endless } = c;
    if (gone) {
      it('calls gone what the service no longer knows', async () => {
        const { resources } = await observe(gone.answers);
        expect(resources.find(({ id }) => id === gone.id)?.health).toBe('gone');
      });
    }
    if (paged) {
      it('reads all pages', async () => {
        const observation = await observe(paged.answers);
        expect(observation.problems).toEqual([]);
        expect(idsOf(observation)).toEqual(
          expect.arrayContaining([...c.ids, ...paged.ids]),
        );
      });
    }
    if (endless) {
      it('ends even if a listing does not', async () => {
        const context = contextWith({
          answers: { ...c.healthy, ...endless },
          stacks: c.stacks,
        });
        await c.adapter.observe(context);
        expect(context.asked.length).toBeLessThan(300);
      });
    }
  });
}

/** Listings that need no resource of a stack. */
const emptyAnswers: Answers = { ListClusters: () => ({ Clusters: [] }) };

const stepsOf = ({ parts }: ServiceObservation) =>
  parts.flatMap(({ steps }) => steps);

const idsOf = (observation: ServiceObservation) => [
  ...observation.resources.map(({ id }) => id),
  ...stepsOf(observation).map(({ id }) => id),
];

const wordsOf = (observation: ServiceObservation): string[] => [
  ...observation.resources.map(({ health }) => health),
  ...stepsOf(observation).map(({ state }) => state),
];

/** A listing of two pages: the second holds more. */
export function inTwoPages<T>(options: {
  first: T;
  second: T;
  in: string;
  out: string;
}): (input: any) => T {
  return input =>
    input[options.in] === 'page-2'
      ? options.second
      : { ...options.first, [options.out]: 'page-2' };
}

/** A listing that always has another page. */
export function endlessly<T extends object>(page: T, out: string) {
  let n = 0;
  return () => ({ ...page, [out]: `page-${(n += 1)}` });
}
