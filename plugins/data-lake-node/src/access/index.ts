export { AccountAccess, type AuthorizeTags } from './AccountAccess';
export { audited, toNoteChangeSet, type Note } from './audited';
export {
  EntityAccess,
  type EntityAct,
  type EntityRights,
} from './EntityAccess';
export { findOwner, getOwner } from './owner';
