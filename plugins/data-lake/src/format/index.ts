export * from './account';
export * from './duration';
export * from './time';
export * from './error';
