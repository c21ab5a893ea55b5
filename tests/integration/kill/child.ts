/* Started by the kill test: node child.cjs WORK UNIQUE ENDPOINT */
import { clientsOf } from '../localAws';
import { works } from './works';

const [name, unique, endpoint] = process.argv.slice(2);

works[name].run({ clients: clientsOf(endpoint), unique }).then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
