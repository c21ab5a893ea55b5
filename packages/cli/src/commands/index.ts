import { CommandName } from '../arguments';
import { Command } from './command';
import { deploy } from './deploy';
import { preview } from './preview';
import { remove } from './remove';
import { rollback } from './rollback';
import { verify } from './verify';

export const commands = {
  preview,
  deploy,
  verify,
  rollback,
  remove,
} satisfies Record<CommandName, Command>;
