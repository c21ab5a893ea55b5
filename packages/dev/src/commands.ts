import { byNameOnly, partNames } from './test/partNames.ts';

export interface Command {
  usage: string;
  does: string;
  /** Loads the command. Nothing that it imports statically may be an installed package: see installed.ts. */
  load: () => Promise<(args: string[]) => Promise<void>>;
}

/** The commands of `./dev`, by name. */
export const commands: Record<string, Command> = {
  start: {
    usage: 'start',
    does: 'set up everything and serve Backstage with the local AWS on http://127.0.0.1:7007',
    load: async () => (await import('./commands/start.ts')).start,
  },
  demo: {
    usage: 'demo',
    does: 'make, deploy and run a data lake over the REST APIs; prints one JSON line',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  test: {
    usage: 'test [PART…]',
    does: `set up everything and run all tests, or these parts: ${partNames.join(
      ', ',
    )} (by name only: ${byNameOnly.join(', ')})`,
    load: async () => (await import('./commands/test.ts')).test,
  },
  watch: {
    usage: 'watch',
    does: 'run the tests that a change touches, after each change, until Ctrl-C',
    load: async () => (await import('./commands/watch.ts')).watch,
  },
  check: {
    usage: 'check',
    does: 'types, lint, import rules, format, config, API reports, packages, licences, workflows, Python and templates',
    load: async () => (await import('./commands/check.ts')).check,
  },
  sbom: {
    usage: 'sbom',
    does: 'write the bill of materials of each published package into .local/sbom (CycloneDX)',
    load: async () => (await import('./commands/sbom.ts')).sbom,
  },
  e2e: {
    usage: 'e2e',
    does: 'the browser test alone',
    load: async () => async () =>
      (await import('./commands/test.ts')).test(['e2e']),
  },
  render: {
    usage: 'render CASE DIR',
    does: 'render a case of templates/mwaa-data-lake/cases into DIR as the scaffolder does',
    load: async () => (await import('./commands/render.ts')).render,
  },
  bench: {
    usage: 'bench NAME',
    does: 'measure, print a table and one JSON line (start, deploy, upload, data)',
    load: async () => (await import('./commands/bench.ts')).bench,
  },
  reset: {
    usage: 'reset [--all]',
    does: 'empty .local: databases, repositories, buckets (--all: Python environments too)',
    load: async () => (await import('./commands/reset.ts')).reset,
  },
  yarn: {
    usage: 'yarn ARGS…',
    does: "run the project's Yarn with the project's Node.js",
    load: async () => (await import('./commands/tools.ts')).yarn,
  },
  node: {
    usage: 'node ARGS…',
    does: "run the project's Node.js",
    load: async () => (await import('./commands/tools.ts')).node,
  },
};
