import { CommandName } from '../options';
import { Command } from './command';
import { deleteEnvironmentCommand } from './deleteEnvironment';
import { deploy } from './deploy';
import { preview } from './preview';
import { rollback } from './rollback';
import { verify } from './verify';

/** All commands by name. */
export const commands = {
  preview,
  deploy,
  verify,
  rollback,
  delete: deleteEnvironmentCommand,
} satisfies Record<CommandName, Command>;
