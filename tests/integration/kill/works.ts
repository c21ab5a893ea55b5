import { previewNew } from './previewNew';
import { createStack, replaceDead, updateStack } from './stacks';
import { deleteFull } from './deleteFull';
import { releaseProject, rollbackRelease } from './releases';
import { uploadFolder } from './uploads';
import { Work } from './work';

/** All that is killed at each of its requests; another work is a line here and a file beside. */
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
