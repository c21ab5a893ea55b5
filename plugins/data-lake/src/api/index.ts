export * from './client';
export * from './DataLakeApi';
