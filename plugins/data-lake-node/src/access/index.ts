export {
  EntityAccess,
  type EntityAct,
  type EntityRights,
} from './EntityAccess';
export { findOwner, getOwner } from './owner';
