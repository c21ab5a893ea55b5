import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  AccountAccess,
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import { AwsServices } from '../actions/awsServices';
import { defaultOwnershipTags, toReserved } from '../ownership';
import { auditor } from './actionContext';

export { auditor, makeContext, readInput } from './actionContext';

const config = new ConfigReader({
  awsDeploy: {
    accounts: [
      {
        id: '123456789012',
        name: 'movies',
        regions: ['eu-central-1'],
        owners: ['group:default/platform'],
        stackNamePrefixes: [{ prefixes: ['alerts'] }],
        sharedBuckets: ['shared-bucket'],
      },
      {
        id: '111111111111',
        name: 'finance',
        regions: ['eu-central-1'],
        owners: ['group:default/finance'],
      },
    ],
    // nothing listens there: an action that calls AWS unexpectedly says so
    endpoints: { default: 'http://127.0.0.1:9' },
  },
  aws: {
    accounts: [
      { accountId: '123456789012', accessKeyId: 'x', secretAccessKey: 'x' },
    ],
  },
});

/** The tags of another module, whose stacks the generic actions must respect. */
export const otherTags = { entity: 'lake:entity', owner: 'lake:owner' };

const ownership = [defaultOwnershipTags, otherTags];

/** Services for a caller of the group `platform`. */
export const services: AwsServices = {
  access: new AccountAccess({
    accounts: Accounts.fromConfig(config),
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['user:default/ada', 'group:default/platform'],
    }),
    ownerTags: ownership.map(({ owner }) => owner),
  }),
  auditor,
  aws: AwsClientFactory.fromConfig(config),
  ownership,
  reserved: toReserved(ownership, []),
  settings: readAwsDeployConfig(new ConfigReader({})),
};
