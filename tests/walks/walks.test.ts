import { walk } from './walk';

const walks = Number(process.env.WALKS ?? 150);

it(
  `ends ${walks} walks through the life of environments as it says, and leaves nothing untold`,
  () => walk(walks),
  walks * 60_000,
);
