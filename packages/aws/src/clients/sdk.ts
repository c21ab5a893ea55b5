/**
 * The SDK's packages, each loaded on first use: loading all takes half a second, and a process that
 * deploys or uploads uses one or two.
 */
export const sdk = {
  get cloudformation(): typeof import('@aws-sdk/client-cloudformation') {
    return require('@aws-sdk/client-cloudformation');
  },
  get sfn(): typeof import('@aws-sdk/client-sfn') {
    return require('@aws-sdk/client-sfn');
  },
  get glue(): typeof import('@aws-sdk/client-glue') {
    return require('@aws-sdk/client-glue');
  },
  get emr(): typeof import('@aws-sdk/client-emr') {
    return require('@aws-sdk/client-emr');
  },
  get emrServerless(): typeof import('@aws-sdk/client-emr-serverless') {
    return require('@aws-sdk/client-emr-serverless');
  },
  get lakeformation(): typeof import('@aws-sdk/client-lakeformation') {
    return require('@aws-sdk/client-lakeformation');
  },
  get lambda(): typeof import('@aws-sdk/client-lambda') {
    return require('@aws-sdk/client-lambda');
  },
  get ssm(): typeof import('@aws-sdk/client-ssm') {
    return require('@aws-sdk/client-ssm');
  },
  get s3(): typeof import('@aws-sdk/client-s3') {
    return require('@aws-sdk/client-s3');
  },
  get iam(): typeof import('@aws-sdk/client-iam') {
    return require('@aws-sdk/client-iam');
  },
  get sts(): typeof import('@aws-sdk/client-sts') {
    return require('@aws-sdk/client-sts');
  },
  get logs(): typeof import('@aws-sdk/client-cloudwatch-logs') {
    return require('@aws-sdk/client-cloudwatch-logs');
  },
  get kms(): typeof import('@aws-sdk/client-kms') {
    return require('@aws-sdk/client-kms');
  },
  get mwaa(): typeof import('@aws-sdk/client-mwaa') {
    return require('@aws-sdk/client-mwaa');
  },
};
