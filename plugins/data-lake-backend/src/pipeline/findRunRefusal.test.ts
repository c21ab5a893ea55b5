import { findRunRefusal } from './findRunRefusal';

const mwaa = (health: 'healthy' | 'running', status: string) => ({
  service: 'mwaa' as const,
  type: 'AWS::MWAA::Environment',
  id: 'airflow',
  name: 'airflow',
  health,
  status,
  facts: [],
});
const ready = {
  observedAt: '2026-11-22T12:00:00.000Z',
  resources: [mwaa('healthy', 'AVAILABLE')],
  dag: { environment: 'airflow', dagId: 'd' },
  schedule: { dagId: 'd', paused: false },
};

describe('findRunRefusal', () => {
  it('finds none if a run would start', () => {
    expect(findRunRefusal(ready)).toBeUndefined();
    expect(findRunRefusal({ ...ready, resources: [] })).toBeUndefined();
  });

  it.each([
    [{ observedAt: undefined }, /Not observed yet/],
    [{ resources: [mwaa('running', 'UPDATING')] }, /airflow is UPDATING/],
    [{ dag: undefined }, /does not know the DAG/],
    [{ schedule: { dagId: 'd', paused: true } }, /paused.*Unpause/],
  ])('tells why not: %p', (change, reason) => {
    expect(findRunRefusal({ ...ready, ...change })).toMatch(reason);
  });
});
