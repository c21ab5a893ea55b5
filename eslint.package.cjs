const createConfig = require('@backstage/cli/config/eslint-factory');
const { basename } = require('node:path');

/**
 * Backstage's rules for a package, and two of the house (AGENTS.md): the exported thing comes first and
 * what it uses below, and AWS is spoken to in one package only.
 */
module.exports = folder =>
  createConfig(folder, {
    rules: {
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, variables: false, classes: true },
      ],
    },
    restrictedImportPatterns: mayUseAws.includes(basename(folder))
      ? []
      : ['@aws-sdk/*', '@smithy/*', '@aws-crypto/*'],
  });

const mayUseAws = ['data-lake-node', 'tests'];
