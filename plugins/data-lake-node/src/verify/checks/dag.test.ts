import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  AirflowError,
  Answers,
} from '../../services/__testUtils__/fakeClients';
import { runCheck } from '../__testUtils__/verifyContext';
import { dagCheck } from './dag';

/** Answers of real Airflows 2.11.2 (v1) and 3.3.1 (v2). */
const sample = (name: string) =>
  JSON.parse(
    readFileSync(
      resolve(__dirname, '../../services/mwaa/__fixtures__', `${name}.json`),
      'utf8',
    ),
  );

const dagId = 'movielens_pipeline';
const look = (answers: Answers) => runCheck(dagCheck, { answers });

describe.each(['v1', 'v2'])('the DAG, by Airflow REST %s', v => {
  const fine: Answers = {
    [`GET /dags/${dagId}/details`]: () => sample(`${v}-dag-details`),
    'GET /importErrors': () => sample(`${v}-importErrors`),
  };

  it('passes once it is parsed', async () => {
    expect(await look(fine)).toMatchObject({ state: 'passed' });
  });

  it('fails with the last line of an import error', async () => {
    const import_errors = [
      {
        filename: `/usr/local/airflow/dags/${dagId}/movielens.py`,
        stack_trace: "Traceback:\n  File x\nImportError: No module named 'y'\n",
        timestamp: '2026-11-22T10:54:38Z',
      },
    ];
    expect(
      await look({ ...fine, 'GET /importErrors': () => ({ import_errors }) }),
    ).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining("ImportError: No module named 'y'"),
    });
  });

  it('is unknown while Airflow does not know it', async () => {
    const missing = () => {
      throw new AirflowError(404, 'not found');
    };
    expect(
      await look({ ...fine, [`GET /dags/${dagId}/details`]: missing }),
    ).toMatchObject({ state: 'unknown', remedy: expect.any(String) });
  });

  it('passes while it is paused, and says so', async () => {
    const dag = { ...sample(`${v}-dag-details`), is_paused: true };
    expect(
      await look({ ...fine, [`GET /dags/${dagId}/details`]: () => dag }),
    ).toEqual({ state: 'passed', reason: `${dagId}, paused` });
  });

  it('fails while its newest version cannot be imported', async () => {
    const dag = { ...sample(`${v}-dag-details`), has_import_errors: true };
    expect(
      await look({ ...fine, [`GET /dags/${dagId}/details`]: () => dag }),
    ).toMatchObject({ state: 'failed', remedy: expect.any(String) });
  });
});
