declare const DATA_LAKE_VERSION: string | undefined;

/** Version of the package; set when it is built. */
export const version =
  typeof DATA_LAKE_VERSION === 'string' ? DATA_LAKE_VERSION : 'not built';
