/** Files of `@data-lake/cli`, in place of the program, which tests do not build. */
export const cliPackage = {
  LICENSE: 'Apache',
  dist: {
    'bom.json': '{}',
    'data-lake.cjs': "require('./main.cjs')",
    'main.cjs': '// ${{ values.name }}',
    'main.cjs.LEGAL.txt': 'MIT',
  },
};
