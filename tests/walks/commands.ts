/* eslint max-lines: off, jest/no-standalone-expect: off, consistent-return: off -- one list of the steps of a walk */
import * as fc from 'fast-check';
import { Lake, Listing, owners, toRunLogGroup } from './lake';
import {
  EnvironmentName,
  environments,
  Expected,
  isOthers,
  listOf,
  Model,
} from './model';

/** The project that walks, and one beside it that nothing may touch. */
export const project = 'walk';
export const bystander = 'stay';

/** An account on a walk. */
export interface World {
  lake: Lake;
  /** What an environment has that is live and has not run, by its name. */
  whole: Map<string, Listing>;
  /** What the project beside has. */
  beside: Listing;
  besideDags: string[];
}

type Command = fc.AsyncCommand<Model, World>;

/** Makes a command on one environment, after which the account must be as the model says. */
function act(
  text: string,
  environment: EnvironmentName,
  run: (expected: Expected, world: World, model: Model) => Promise<void>,
): Command {
  return {
    check: () => true,
    async run(model, world) {
      await run(model.environments[environment], world, model);
      await assertAsExpected(model, world);
    },
    toString: () => `${text}(${environment})`,
  };
}

const deploy = (environment: EnvironmentName) =>
  act('deploy', environment, async (expected, world, model) => {
    await assertPreviewed(environment, world, model);
    const work = world.lake.deploy(project, environment);
    if (isOthers(model, environment)) return refused(work);
    await work;
    return deployed(expected, model);
  });

const run = (environment: EnvironmentName) =>
  act('run', environment, async (expected, { lake }) => {
    if (expected.is !== 'live') return;
    await lake.run(project, environment);
    expected.hasRun = true;
  });

const rollback = (environment: EnvironmentName) =>
  act('rollback', environment, async (expected, { lake }, model) => {
    const work = lake.rollback(project, environment, {
      identity: `${Math.random()}`,
    });
    const [former, now] = expected.releases.slice(-2);
    const isPossible = expected.is === 'live' && now !== undefined;
    if (!isPossible) {
      await expect(work).rejects.toThrow(/no (former )?release|not deployed/);
      return;
    }
    if (isOthers(model, environment)) {
      await refused(work);
      return;
    }
    await work;
    expected.releases.push(former);
  });

const tearDown = (environment: EnvironmentName, removeData: boolean) =>
  act(
    removeData ? 'removeData' : 'tearDown',
    environment,
    async (expected, world, model) => {
      const { lake } = world;
      if (isOthers(model, environment)) {
        await refused(lake.previewDeletion(project, environment, removeData));
        await refused(lake.tearDown(project, environment, removeData));
        return;
      }
      const before = listOf(await lake.list(), project, environment);
      const told = await lake.previewDeletion(project, environment, removeData);
      const done = await lake.tearDown(project, environment, removeData);
      const after = listOf(await lake.list(), project, environment);
      assertTold(told, before, after);
      assertTold(done, before, after);
      gone(expected, removeData);
    },
  );

/** Cancels an act at a line of its log, and does it again as a retry does. */
const cancelled = (
  environment: EnvironmentName,
  what: 'deploy' | 'tearDown' | 'removeData',
  line: number,
) =>
  act(`cancelled at line ${line}, ${what}`, environment, async (...given) => {
    const [expected, { lake }, model] = given;
    if (isOthers(model, environment)) return;
    const identity = `${Math.random()}`;
    const begin = (more: object = {}) =>
      what === 'deploy'
        ? lake.deploy(project, environment, { identity, ...more })
        : lake.tearDown(project, environment, what === 'removeData', more);
    const cancel = new AbortController();
    let lines = 0;
    await begin({
      signal: cancel.signal,
      log() {
        lines += 1;
        if (lines === line) cancel.abort();
      },
    }).catch(error => {
      if (!cancel.signal.aborted) throw error;
    });
    await settled(() => begin());
    if (what === 'deploy') deployed(expected, model);
    else gone(expected, what === 'removeData');
  });

const twoAtOnce = (environment: EnvironmentName) =>
  act('deploy twice at once', environment, async (expected, world, model) => {
    const { lake } = world;
    const works = ['a', 'b'].map(() => lake.deploy(project, environment));
    const results = await Promise.allSettled(works);
    const failures = results.flatMap(each =>
      each.status === 'rejected' ? [each.reason] : [],
    );
    if (isOthers(model, environment)) {
      expect(failures).toHaveLength(2);
      return;
    }
    const messages = failures.map(({ message }) => message);
    expect([messages, messages.length < 2]).toEqual([messages, true]);
    for (const message of messages) {
      expect(message).toMatch(
        /another caller|Another caller|Another upload|at the same time|already exists/,
      );
    }
    await settled(() => lake.deploy(project, environment));
    deployed(expected, model);
  });

const merge = (): Command => ({
  check: () => true,
  async run(model, { lake }) {
    model.version += 1;
    await lake.change(project, { version: model.version });
  },
  toString: () => 'merge',
});

const rename = (): Command => ({
  check: () => true,
  async run(model, { lake }) {
    model.owner = owners.find(owner => owner !== model.owner)!;
    await lake.change(project, { owner: model.owner });
  },
  toString: () => 'rename owner',
});

const environment = fc.constantFrom(...environments);

/** Any command of a walk. */
export const commands: fc.Arbitrary<Command>[] = [
  environment.map(deploy),
  environment.map(deploy),
  environment.map(run),
  environment.map(rollback),
  environment.map(each => tearDown(each, false)),
  environment.map(each => tearDown(each, true)),
  fc
    .tuple(
      environment,
      fc.constantFrom('deploy', 'tearDown', 'removeData'),
      fc.integer({ min: 1, max: 60 }),
    )
    .map(([name, what, line]) => cancelled(name, what as any, line)),
  environment.map(twoAtOnce),
  fc.constant(undefined).map(merge),
  fc.constant(undefined).map(rename),
];

function deployed(expected: Expected, { owner, version }: Model): void {
  const { is, releases } = expected;
  const former = is === 'live' ? releases : [];
  expected.releases = former.at(-1) === version ? former : [...former, version];
  expected.is = 'live';
  expected.owner = owner;
}

function gone(expected: Expected, withData: boolean): void {
  if (expected.is !== 'none' && withData) expected.lost += 1;
  if (withData) {
    expected.is = 'none';
    expected.hasRun = false;
  } else if (expected.is === 'live') expected.is = 'kept';
  expected.releases = [];
}

/** Whose tags name another owner is left alone, and told what to do. */
const refused = (work: Promise<unknown>) =>
  expect(work).rejects.toThrow(
    /belongs to group:default.*If the tag is out of date, have it changed/,
  );

/** Tries again while an operation that a cancelled act has left behind goes on. */
async function settled(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await work();
      return;
    } catch (error: any) {
      const isBusy = /in progress/.test(error.message);
      if (!isBusy || tries > 50) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

/** The preview says whether the stack is new, and what it takes over. */
async function assertPreviewed(
  name: EnvironmentName,
  { lake }: World,
  model: Model,
): Promise<void> {
  const work = lake.preview(project, name);
  if (isOthers(model, name)) return refused(work);
  const { does, resources } = (await work).stacks.foundations;
  const { is } = model.environments[name];
  expect(does === 'create').toBe(is !== 'live');
  const adopted = resources.filter(each => each.does === 'adopted');
  expect(adopted).toHaveLength(is === 'kept' ? 4 : 0);
}

/** What a deletion says stays is there by name and meaning; nothing else is, and nothing is untold. */
function assertTold(
  told: Awaited<ReturnType<Lake['previewDeletion']>>,
  before: Listing,
  after: Listing,
): void {
  const stays = [
    ...told.stacks.flatMap(({ stays: each }) =>
      each.map(({ physicalId, ...rest }) => ({ name: physicalId!, ...rest })),
    ),
    ...told.beside.stays,
  ];
  expect(stays.filter(({ meaning }) => !meaning)).toEqual([]);
  const named = stays.map(({ name }) => name);
  const { keys = [], ...others } = after;
  expect(
    Object.values(others)
      .flat()
      .filter(n => !named.includes(n)),
  ).toEqual([]);
  const there = [...Object.values(after).flat()];
  const listed = /^AWS::(S3::Bucket|Logs::LogGroup)$/;
  expect(
    stays
      .filter(({ type, name }) => listed.test(type) && !there.includes(name))
      .map(({ name }) => name),
  ).toEqual([]);
  const count = (state: string, list: string[] = []) =>
    list.filter(each => each.endsWith(`: ${state}`)).length;
  const keysStay = stays.filter(({ type }) => type === 'AWS::KMS::Key');
  expect(keysStay).toHaveLength(count('Enabled', keys));
  const keysGo = told.stacks
    .flatMap(({ goes }) => goes)
    .filter(({ type }) => type === 'AWS::KMS::Key');
  expect(keysGo.every(({ meaning }) => meaning)).toBe(true);
  expect(keysGo).toHaveLength(
    count('PendingDeletion', keys) - count('PendingDeletion', before.keys),
  );
}

/** All that the account has is what the model says; the project beside has what it had. */
async function assertAsExpected(model: Model, world: World): Promise<void> {
  const { lake } = world;
  const [all, dags] = await Promise.all([lake.list(), lake.listDags()]);
  expect(listOf(all, bystander, 'demo')).toEqual(world.beside);
  expect(dags.filter(key => key.includes(`/${bystander}-`))).toEqual(
    world.besideDags,
  );
  for (const name of environments) {
    const expected = model.environments[name];
    const there = listOf(all, project, name);
    if (expected.is === 'live' && !world.whole.has(name)) {
      world.whole.set(name, without(there, toExtra(name, expected)));
    }
    expect([name, expected, there]).toEqual([
      name,
      expected,
      toListing(name, expected, world),
    ]);
    const folder = dags.filter(key => key.includes(`/${project}-${name}/`));
    expect([name, expected.is, folder.length > 0]).toEqual([
      name,
      expected.is,
      expected.is === 'live',
    ]);
  }
}

/** What runs and deletions add to what a deployment makes. */
const toExtra = (
  name: EnvironmentName,
  { hasRun, lost }: Expected,
): Listing => ({
  'log groups': hasRun ? [toRunLogGroup(`${project}-${name}`)] : [],
  keys: Array(lost).fill(
    `Data lake ${project}, environment ${name}: PendingDeletion`,
  ),
});

function toListing(
  name: EnvironmentName,
  expected: Expected,
  { whole, lake }: World,
): Listing {
  const base: Record<Expected['is'], Listing> = {
    none: {},
    live: whole.get(name)!,
    kept: {
      buckets: ['code', 'data', 'logs'].map(
        thing => `${project}-${name}-${thing}-${lake.account}-us-east-1`,
      ),
      keys: [`Data lake ${project}, environment ${name}: Enabled`],
    },
  };
  return plus(base[expected.is] ?? {}, toExtra(name, expected));
}

const plus = (a: Listing, b: Listing): Listing =>
  combine(a, b, (x, y) => [...x, ...y].sort());

const without = (a: Listing, b: Listing): Listing =>
  combine(a, b, (x, y) => x.filter(each => !y.includes(each)));

function combine(
  a: Listing,
  b: Listing,
  join: (x: string[], y: string[]) => string[],
): Listing {
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const joined = kinds.map(kind => [kind, join(a[kind] ?? [], b[kind] ?? [])]);
  return Object.fromEntries(joined.filter(([, names]) => names.length > 0));
}
