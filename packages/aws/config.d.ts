export interface Config {
  dataLake?: {
    /**
     * The accounts where projects may live. None: nothing can be deployed.
     *
     * @visibility backend
     */
    accounts?: Array<{
      /** 12 digits, in quotes so that YAML keeps its zeros. */
      id: string;
      /** What people call it; absent: its id. */
      name?: string;
      /** The regions where projects may live. */
      regions: string[];
      /** Entity refs of the groups and users that may use it; absent: every owner. */
      owners?: string[];
      /** The CloudFormation service role of the stacks in this account. */
      serviceRoleArn?: string;
      /** The permissions boundary of all IAM roles and users of the stacks in this account. */
      permissionsBoundaryArn?: string;
      /** How the names of stacks begin, by owner; absent: any name. Who is not listed may use none. */
      stackNamePrefixes?: Array<{
        /** Entity ref of a group or user; absent: every owner. */
        owner?: string;
        /** Such as `movielens-`, with the dash, so that `movielens2` is another's. */
        prefixes: string[];
      }>;
      /** Buckets that all may upload to who may use the account, whatever their tags say, such as MWAA's. */
      sharedBuckets?: string[];
      /** Bucket of the account that templates over 51,200 bytes go by; they do not stay there. */
      templateBucket?: string;
    }>;

    aws?: {
      /**
       * Endpoints instead of AWS's own, for a local AWS: `default` for all services, or one by service
       * (`cloudformation`, `mwaa`, `stepfunctions`, `glue`, `emr`, `emrserverless`, `lambda`, `ssm`,
       * `s3`, `iam`, `sts`, `logs`, `lakeformation`; `airflow` for MWAA's InvokeRestApi).
       */
      endpoints?: { [service: string]: string };
    };

    deploy?: {
      /** The resource types that a template may hold; absent: what the data lake's own template needs. */
      allowedResourceTypes?: string[];
      /** The macros that a template may use, such as `AWS::LanguageExtensions`; absent: none. */
      allowedMacros?: string[];
      /** The CloudFormation service role of all accounts that name none of their own. */
      serviceRoleArn?: string;
      /**
       * A policy that every IAM role and user of a template gets as its permissions boundary, and no
       * other; of accounts that name none of their own.
       */
      permissionsBoundaryArn?: string;
    };

    skeleton?: {
      /** A folder to take the generated project from, instead of the packaged one. */
      path?: string;
    };
  };
}
