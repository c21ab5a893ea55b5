export { checksToMarkdown } from './checksToMarkdown';
export { verifyProject } from './verifyProject';
export type { VerifyOptions } from './verifyProject';
