import { posix } from 'node:path';

const types: Record<string, string> = {
  '.csv': 'text/csv',
  '.jar': 'application/java-archive',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.py': 'text/x-python; charset=utf-8',
  '.sql': 'application/sql',
  '.toml': 'application/toml',
  '.txt': 'text/plain; charset=utf-8',
  '.whl': 'application/zip',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
  '.zip': 'application/zip',
};

/** Finds the content type by the extension; `application/octet-stream` for an unknown one. */
export function toContentType(path: string): string {
  return types[posix.extname(path)] ?? 'application/octet-stream';
}
