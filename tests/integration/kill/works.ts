import { previewNew } from './previewNew';
import { createStack, replaceDead, updateStack } from './stacks';
import { deleteFull } from './deleteFull';
import { releaseProject, rollbackRelease } from './releases';
import { uploadFolder } from './uploads';
import { Work } from './work';

/** The operations under test; to add one, add a line here and a file beside it. */
export const works: Record<string, Work> = {
  'create a stack': createStack,
  'update a stack by a long template': updateStack,
  'replace a stack whose first create failed': replaceDead,
  'preview a new stack': previewNew,
  'delete a stack with a full bucket': deleteFull,
  'upload a folder over what was there': uploadFolder,
  'release and switch to it': releaseProject,
  'roll a release back': rollbackRelease,
};
