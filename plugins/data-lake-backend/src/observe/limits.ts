/**
 * Observations of one account and region: the narrowest quota, EMR's ListClusters and ListSteps, refills one
 * call in two seconds, and an observation makes one to two of each.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-quotas.html
 */
export const observationLimit = { burst: 8, perSecond: 0.4 };

/** Refreshes that one user may request: far more than a person clicks. */
export const refreshLimit = { burst: 20, perSecond: 0.5 };
