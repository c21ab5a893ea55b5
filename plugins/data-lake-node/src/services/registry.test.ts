import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ServiceAdapter } from './adapter';
import { adapters } from './registry';

const services = Object.keys(adapters) as (keyof typeof adapters)[];

const files = ['adapter.ts', 'status.ts', 'adapter.test.ts', 'README.md'];

describe('the registry of services', () => {
  it.each(services)('has all that %s needs', id => {
    const missing = files.filter(
      file => !existsSync(resolve(__dirname, id, file)),
    );
    expect({ service: id, missing }).toEqual({ service: id, missing: [] });
    expect(adapters[id].id).toBe(id);
  });

  it('gives each resource type to one service', () => {
    const types = Object.values<ServiceAdapter>(adapters).flatMap(
      a => a.resourceTypes,
    );
    expect(types).toEqual([...new Set(types)]);
    for (const type of types) expect(type).toMatch(/^AWS::\w+::\w+$/);
  });
});
