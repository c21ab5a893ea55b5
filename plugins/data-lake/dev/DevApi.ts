import type { Account } from '@data-lake/plugin-data-lake-common';
import { parseEntityRef } from '@backstage/catalog-model';
import type { DataLakeApi } from '../src';
import { fixtureNames, makePipeline } from '../src/__fixtures__';
import type { FixtureName } from '../src/__fixtures__';
import {
  deletionPreview,
  deploymentPreview,
  nothingChanges,
} from '../src/__fixtures__';

const accounts: Account[] = [
  {
    id: '111122223333',
    name: 'lake-demo',
    regions: ['eu-central-1', 'eu-west-1'],
  },
  { id: '444455556666', name: 'lake-prod', regions: ['eu-central-1'] },
];

/** The API of the development app, which answers with the fixture named like the entity. */
export const devApi: DataLakeApi = {
  async getPipeline(entityRef) {
    const { name } = parseEntityRef(entityRef);
    if (name === 'loading') return new Promise(() => {});
    if (!fixtureNames.includes(name as FixtureName)) {
      throw new Error('The backend did not answer within 10 s. Is it running?');
    }
    return makePipeline(name as FixtureName);
  },
  async refresh() {},
  async startRun(_, { runId }) {
    await new Promise(resolve => setTimeout(resolve, 500));
    if (Math.random() < 0.5) throw new Error('Airflow did not answer in 10 s.');
    return runId;
  },
  async previewDeployment({ entityRef }) {
    const { name } = parseEntityRef(entityRef);
    if (name === 'partial') return new Promise(() => {});
    await new Promise(resolve => setTimeout(resolve, 500));
    if (name === 'late') {
      throw new Error(
        'Stack movielens-demo-foundations is UPDATE_IN_PROGRESS: another operation is in progress. Try again when it has ended',
      );
    }
    return name === 'healthy' ? deploymentPreview : nothingChanges;
  },
  async previewDeletion({ entityRef }) {
    const { name } = parseEntityRef(entityRef);
    if (name === 'partial') return new Promise(() => {});
    if (name === 'late') throw new Error('AWS did not answer in 20 s.');
    return deletionPreview;
  },
  async startTask({ templateRef }) {
    throw new Error(`Template ${templateRef} is not in the catalog`);
  },
  async listAccounts() {
    return accounts;
  },
  async listCodeHosts() {
    return [
      {
        host: 'local',
        title: 'A folder on this machine',
        type: 'other',
        owners: [],
        projects: [],
        asksForToken: false,
      },
    ];
  },
  async listMwaaEnvironments({ region }) {
    if (region === 'eu-west-1') return [];
    return [
      { name: 'local-airflow', status: 'AVAILABLE', airflowVersion: '3.3.1' },
      { name: 'legacy-airflow', status: 'UPDATING', airflowVersion: '2.11.0' },
    ];
  },
};
