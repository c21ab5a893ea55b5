const config = require('../../eslint.package.cjs')(__dirname);

/** A source that starts neither with `node:` nor with a dot is an installed package. */
const installed = '[source.value=/^(?!node:|\\.)/]';
const imports = [
  `ImportDeclaration[importKind!="type"]${installed}`,
  `ExportNamedDeclaration[exportKind!="type"]${installed}`,
  `ExportAllDeclaration[exportKind!="type"]${installed}`,
  `ImportExpression${installed}`,
];

const [level, ...ofBackstage] = config.rules['no-restricted-syntax'];

module.exports = {
  ...config,
  overrides: [
    ...config.overrides,
    {
      files: ['src/**/*.ts'],
      // Tests run after the installation, and so do the scripts that the benchmarks compile into one file.
      excludedFiles: [
        'src/**/*.test.ts',
        'src/bench/**/ours.ts',
        'src/bench/clients.ts',
      ],
      rules: {
        'no-restricted-syntax': [
          level,
          ...ofBackstage,
          ...imports.map(selector => ({
            selector,
            message:
              'Bare clone: commands are loaded before packages are installed. Import only types from a package (import type), and load it with requireInstalled() after installPackages().',
          })),
        ],
      },
    },
  ],
};
