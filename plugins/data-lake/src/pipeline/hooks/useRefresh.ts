import { useApi } from '@backstage/frontend-plugin-api';
import type { EnvironmentRef } from '@data-lake/plugin-data-lake-common';
import { useState } from 'react';
import { dataLakeApiRef } from '../../api';

/** Requests a new observation of an environment, then reloads the page's data. */
export function useRefresh(ref: EnvironmentRef, onReload: () => void) {
  const api = useApi(dataLakeApiRef);
  const [refreshError, setRefreshError] = useState<Error>();
  const refresh = () =>
    api
      .refresh(ref)
      .then(() => setRefreshError(undefined), setRefreshError)
      .then(onReload);
  return { refresh, refreshError };
}
