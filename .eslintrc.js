const awsSdk = {
  group: ['@aws-sdk/*', '@smithy/*', '@aws-crypto/*'],
  message: 'AWS is spoken to in plugins/data-lake-node only (ARCHITECTURE.md).',
};

module.exports = {
  root: true,
  overrides: [
    {
      files: ['**/*.ts', '**/*.tsx'],
      excludedFiles: ['plugins/data-lake-node/**', 'tests/**'],
      rules: {
        'no-restricted-imports': ['error', { patterns: [awsSdk] }],
      },
    },
  ],
};
