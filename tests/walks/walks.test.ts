/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "walk"] }] -- each step of a walk expects */
import { walk } from './walk';

const walks = Number(process.env.WALKS ?? 150);

it(
  `ends ${walks} walks through the life of environments as it says, and leaves nothing untold`,
  () => walk(walks),
  walks * 60_000,
);
