const createConfig = require('@backstage/cli/config/eslint-factory');
const { basename } = require('node:path');

/**
 * Backstage's rules for a package, and those of the house (AGENTS.md): the exported thing first, what it
 * uses below; schema and type share a name; small files and functions; AWS's SDK only in the lower packages.
 * Which package may import which is in .dependency-cruiser.cjs.
 */
module.exports = folder =>
  createConfig(folder, {
    rules: {
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, variables: false, classes: true },
      ],
      // A schema and the type it gives share a name.
      '@typescript-eslint/no-redeclare': 'off',
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60 }],
    },
    overrides: [
      {
        files: [
          '**/*.{test,spec}.{ts,tsx}',
          '**/__testUtils__/**',
          '**/__fixtures__/**',
        ],
        rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
      },
    ],
    restrictedImportPatterns: mayUseAws.includes(basename(folder))
      ? []
      : ['@aws-sdk/*', '@smithy/*', '@aws-crypto/*'],
  });

const mayUseAws = [
  'aws',
  's3-sync',
  'cloudformation',
  'data-lake-node',
  'tests',
];
