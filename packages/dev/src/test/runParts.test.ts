import type { Part } from './part.ts';
import { partNames, type PartName } from './partNames.ts';
import { emptyReport, type Report } from './reports/report.ts';
import { runParts } from './runParts.ts';

const passed: Report = { ...emptyReport, passed: 1 };

/** Parts that only note what is done with them. */
function makeParts(changes: Partial<Record<PartName, Partial<Part>>> = {}) {
  const events: string[] = [];
  const note = (event: string) => async () => {
    events.push(event);
  };
  const parts = Object.fromEntries(
    partNames.map(name => [
      name,
      {
        cores: 1,
        install: note(`install ${name}`),
        run: async () => {
          // time for what goes on in the background
          await new Promise(resolve => setTimeout(resolve, 20));
          events.push(`run ${name}`);
          return passed;
        },
        ...changes[name],
      },
    ]),
  ) as Record<PartName, Part>;
  return { parts, events, note };
}

beforeEach(() => {
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => jest.restoreAllMocks());

describe('runParts', () => {
  it('installs what later parts need while an earlier one runs', async () => {
    const { parts, events } = makeParts();
    await runParts(['unit', 'skeleton', 'cases'], parts, { cores: 1 });
    expect(events).toEqual([
      'install unit',
      'install skeleton',
      'install cases',
      'run unit',
      'run skeleton',
      'run cases',
    ]);
  });

  it('starts the servers of the next part only, or of the part itself', async () => {
    const { events, note, parts } = makeParts();
    let started: Promise<void> | undefined;
    const start = () => (started ??= note('start')());
    parts.integration.start = start;
    parts.e2e.start = start;
    const cores = 1;
    await runParts(['unit', 'cases', 'integration', 'e2e'], parts, { cores });
    expect(events.filter(event => !event.startsWith('install'))).toEqual([
      'run unit',
      'start',
      'run cases',
      'run integration',
      'run e2e',
    ]);

    const alone = makeParts();
    alone.parts.e2e.start = alone.note('start');
    await runParts(['e2e'], alone.parts);
    expect(alone.events).toEqual(['install e2e', 'start', 'run e2e']);
  });

  it('installs while the packages of Node.js are installed, and runs nothing before they are', async () => {
    const { parts, events } = makeParts();
    const packages = new Promise<void>(resolve =>
      setTimeout(() => {
        events.push('packages');
        resolve();
      }, 100),
    );
    await runParts(['skeleton'], parts, { packages });
    expect(events).toEqual(['install skeleton', 'packages', 'run skeleton']);
  });

  it('runs parts side by side while there are cores, but one at a time with the servers', async () => {
    const { parts, events } = makeParts();
    const servers: PartName[] = ['integration', 'e2e', 'runs'];
    const running = new Set<PartName>();
    const makePart = (name: PartName): Part => ({
      cores: 1,
      start: servers.includes(name) ? async () => {} : undefined,
      async run() {
        running.add(name);
        const calling = servers.filter(each => running.has(each));
        events.push(
          `${running.size} at a time, ${calling.length} call servers`,
        );
        await new Promise(resolve => setTimeout(resolve, 20));
        running.delete(name);
        return passed;
      },
    });
    for (const name of partNames) parts[name] = makePart(name);

    const results = await runParts(partNames, parts, { cores: 8 });
    expect(results.map(({ name }) => name)).toEqual(partNames);
    expect(events).toContain('6 at a time, 1 call servers');
    expect(events.join()).not.toMatch(/[2-9] call servers/);
  });

  it('runs the parts that another needs before it, each once', async () => {
    const { parts } = makeParts({ permissions: { needs: ['e2e', 'runs'] } });
    const results = await runParts(['permissions', 'runs'], parts);
    expect(results.map(({ name }) => name)).toEqual([
      'e2e',
      'runs',
      'permissions',
    ]);
  });

  it.each<[string, Partial<Part>]>([
    [
      'is not installed',
      { install: () => Promise.reject(new Error('no disk')) },
    ],
    ['has no servers', { start: () => Promise.reject(new Error('no disk')) }],
    ['does not run', { run: () => Promise.reject(new Error('no disk')) }],
  ])('counts a part that %s as one failure, and goes on', async (_, broken) => {
    const { parts } = makeParts({ skeleton: broken });
    const results = await runParts(['unit', 'skeleton', 'cases'], parts);
    expect(results.map(({ report }) => report)).toEqual([
      passed,
      {
        ...emptyReport,
        failed: 1,
        failures: [expect.stringMatching(/^skeleton: Error: no disk/)],
      },
      passed,
    ]);
  });

  it('counts a part in which no test ran as one failure', async () => {
    const { parts } = makeParts({ unit: { run: async () => emptyReport } });
    const [{ report }] = await runParts(['unit'], parts);
    expect(report).toEqual({
      ...emptyReport,
      failed: 1,
      failures: ['unit: no test ran'],
    });
  });
});
