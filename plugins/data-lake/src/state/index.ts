export * from './look';
export * from './shapes';
export * from './StateMark';
