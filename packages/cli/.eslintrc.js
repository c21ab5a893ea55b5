const config = require('../../eslint.package.cjs')(__dirname);

module.exports = {
  ...config,
  rules: {
    ...config.rules,
    // All is bundled into one file: what it imports must not be installed with it.
    '@backstage/no-undeclared-imports': 'off',
  },
};
