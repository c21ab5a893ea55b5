export interface Config {
  /**
   * Where and what may be deployed to AWS. Credentials come from `aws`, the configuration of
   * `@backstage/integration-aws-node`.
   */
  awsDeploy?: {
    /**
     * The accounts that may be deployed to. Without any, nothing can be deployed.
     *
     * @visibility backend
     */
    accounts?: Array<{
      /** 12 digits, in quotes so that YAML keeps its zeros. */
      id: string;
      /** Name that people use for it. Optional, default its id. */
      name?: string;
      /** The regions that may be deployed to. */
      regions: string[];
      /** Entity refs of the groups and users that may use the account. Optional, default everyone. */
      owners?: string[];
      /** The CloudFormation service role of the stacks in this account. */
      serviceRoleArn?: string;
      /** The permissions boundary of all IAM roles and users of the stacks in this account. */
      permissionsBoundaryArn?: string;
      /**
       * What templates in this account may reach beyond their own resources, in addition to `awsDeploy.reach`.
       * Entries may have `*` and `?`. Without them a deployment needs `allowBroaderPermissions`.
       */
      reach?: {
        /** Principals outside the account: account ids, ARNs, URLs or ARNs of identity providers. */
        allowedPrincipals?: string[];
        /** ARNs of managed policies, beside AWS's own for the services of a data lake. */
        allowedManagedPolicies?: string[];
        /** Names of existing roles that templates may attach policies to. */
        attachableRoles?: string[];
        /** ARNs of existing roles that resources of templates may act as, and pass on. */
        passableRoles?: string[];
        /** Dynamic references without `{{resolve:` and `}}`, such as `ssm:/shared/*`. */
        allowedDynamicReferences?: string[];
        /** ARNs of existing resources that roles of templates may read and change. */
        allowedResources?: string[];
        /** Endpoints that topics may send messages to, such as `*@example.com`. */
        allowedEndpoints?: string[];
        /** Names of exports of other stacks that templates may import, and outputs as `<stack>.<output>`. */
        allowedImports?: string[];
      };
      /**
       * Prefixes of stack names, by owner. Optional, default any name. If given, an owner without a
       * prefix may deploy no stack.
       */
      stackNamePrefixes?: Array<{
        /** Entity ref of a group or user. Optional, default every owner. */
        owner?: string;
        /** Such as `movielens-`: with the dash, or it also allows `movielens2`. */
        prefixes: string[];
      }>;
      /** Buckets, such as MWAA's, that every user of the account may upload to, whatever their tags. */
      sharedBuckets?: string[];
      /** Bucket of the account for templates over 51,200 bytes, which are deleted afterwards. */
      templateBucket?: string;
    }>;

    /**
     * Endpoints that replace AWS's own, for a local AWS: `default` for all services, or one by service
     * (`cloudformation`, `mwaa`, `stepfunctions`, `glue`, `emr`, `emrserverless`, `lambda`, `ssm`,
     * `s3`, `iam`, `sts`, `logs`, `lakeformation`; `airflow` for MWAA's InvokeRestApi).
     */
    endpoints?: { [service: string]: string };

    /**
     * The resource types that a template may hold. Optional, default the types of a data pipeline; see
     * the README of `@data-lake/cloudformation`.
     */
    allowedResourceTypes?: string[];
    /** The macros that a template may use, such as `AWS::LanguageExtensions`. Optional, default none. */
    allowedMacros?: string[];
    /** The CloudFormation service role of accounts without one of their own. */
    serviceRoleArn?: string;
    /**
     * The policy that every IAM role and user of a template must have as its permissions boundary, in
     * accounts without one of their own.
     */
    permissionsBoundaryArn?: string;
    /**
     * What templates in all accounts may reach beyond their own resources. Optional, default nothing.
     * Entries may have `*` and `?`. Without them a deployment needs `allowBroaderPermissions`.
     */
    reach?: {
      /** Principals outside the account: account ids, ARNs, URLs or ARNs of identity providers. */
      allowedPrincipals?: string[];
      /** ARNs of managed policies, beside AWS's own for the services of a data lake. */
      allowedManagedPolicies?: string[];
      /** Names of existing roles that templates may attach policies to. */
      attachableRoles?: string[];
      /** ARNs of existing roles that resources of templates may act as, and pass on. */
      passableRoles?: string[];
      /** Dynamic references without `{{resolve:` and `}}`, such as `ssm:/shared/*`. */
      allowedDynamicReferences?: string[];
      /** ARNs of existing resources that roles of templates may read and change. */
      allowedResources?: string[];
      /** Endpoints that topics may send messages to, such as `*@example.com`. */
      allowedEndpoints?: string[];
      /** Names of exports of other stacks that templates may import, and outputs as `<stack>.<output>`. */
      allowedImports?: string[];
    };
  };
}
