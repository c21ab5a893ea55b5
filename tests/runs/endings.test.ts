import { DataLake, makeDataLake } from './dataLake';
import { describeEndings } from './endings';

/** How runs end on Airflow 3.3.1, with Parquet. */
jest.setTimeout(15 * 60_000);

describe('a run', () => {
  let lake: DataLake;
  beforeAll(async () => {
    lake = await makeDataLake({ case: 'emr', name: 'endings' });
  });

  describeEndings(() => lake);
});
