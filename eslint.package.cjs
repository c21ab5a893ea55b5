const createConfig = require('@backstage/cli/config/eslint-factory');
const { basename } = require('node:path');

/**
 * Backstage's rules for a package, and those of the house (AGENTS.md): the exported thing comes first
 * and what it uses below, schema and type share a name, AWS is spoken to in one package only.
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
    },
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
