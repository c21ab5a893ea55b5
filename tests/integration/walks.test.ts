/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "walk"] }] -- each step of a walk expects */
import { walk } from '../walks/walk';

/** `./dev test walks` walks more. */
const walks = 10;

it(
  'ends walks through the life of environments as it says, and leaves nothing untold',
  () => walk(walks),
  walks * 60_000,
);
