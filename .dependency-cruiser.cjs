/**
 * Which package and which room may import which: imports run one way (ARCHITECTURE.md).
 * `./dev check` runs it; an import that runs back is an error that names the rule.
 *
 *   aws ← s3-sync ← cloudformation ← data-lake-node ← { scaffolder modules, data-lake-backend, cli }
 */
const packages = {
  aws: 'packages/aws',
  sync: 'packages/s3-sync',
  engine: 'packages/cloudformation',
  common: 'plugins/data-lake-common',
  node: 'plugins/data-lake-node',
  frontend: 'plugins/data-lake',
  backend: 'plugins/data-lake-backend',
  awsModule: 'plugins/scaffolder-backend-module-aws',
  lakeModule: 'plugins/scaffolder-backend-module-data-lake',
  cli: 'packages/cli',
};

/** A package imports those that are listed, and none else of ours. */
const mayImport = {
  aws: [],
  common: [],
  sync: ['aws'],
  engine: ['aws', 'sync'],
  node: ['aws', 'sync', 'engine', 'common'],
  awsModule: ['aws', 'sync', 'engine'],
  lakeModule: ['aws', 'sync', 'engine', 'common', 'node', 'awsModule'],
  backend: ['aws', 'sync', 'engine', 'common', 'node'],
  cli: ['aws', 'sync', 'engine', 'common', 'node'],
  frontend: ['common'],
};

/** Rooms of a package from the lowest to the highest: a room imports itself and those before it. */
const rooms = {
  sync: ['bucket', 'manifest', 'files', 'plan', 'apply'],
  engine: [
    'template',
    'stack',
    ['permissions', 'cost'],
    'change',
    'operation',
    'delete',
  ],
  node: ['access', 'services', 'project', 'verify'],
};

const product =
  '\\.(test|contract\\.test)\\.tsx?$|/__(testUtils|fixtures)__/|/dev/';

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment:
        'Two files that import each other are one file, or a third is missing.',
      severity: 'error',
      from: { pathNot: product },
      to: { circular: true },
    },
    {
      name: 'product-imports-no-test-helper',
      comment: 'Test helpers are for tests.',
      severity: 'error',
      from: { path: '^(packages|plugins)/', pathNot: product },
      to: { path: '/__(testUtils|fixtures)__(/|\\.)' },
    },
    ...Object.entries(mayImport).map(([name, allowed]) => ({
      name: `${packages[name].split('/')[1]}-imports-only-packages-below`,
      comment: `May import: ${
        allowed.map(each => packages[each]).join(', ') || 'none of ours'
      }.`,
      severity: 'error',
      from: { path: `^${packages[name]}/src/` },
      to: {
        path: '^(packages|plugins)/',
        pathNot: `^(${[name, ...allowed]
          .map(each => packages[each])
          .join('|')})/`,
      },
    })),
    ...Object.entries(rooms)
      .flatMap(([name, order]) =>
        order.flatMap((level, index) =>
          [level].flat().map(room => ({
            name: `${
              packages[name].split('/')[1]
            }-${room}-imports-only-rooms-below`,
            comment: `From the lowest: ${order
              .map(each => [each].flat().join(', '))
              .join(' ← ')}.`,
            severity: 'error',
            from: { path: `^${packages[name]}/src/${room}/`, pathNot: product },
            to: {
              path: `^${packages[name]}/src/(${[
                ...order.slice(index + 1).flat(),
                ...[level].flat().filter(each => each !== room),
              ].join('|')})/`,
            },
          })),
        ),
      )
      .filter(rule => !rule.to.path.includes('/()/')),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|dist-types|skeleton|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
    },
  },
};
