"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// ../plugins/data-lake-node/src/aws/config.ts
var import_errors = require("@backstage/errors");
var import_zod = require("zod");
var Endpoints = import_zod.z.record(import_zod.z.string(), import_zod.z.url()).default({});
var AccountId = import_zod.z.string().regex(
  /^\d{12}$/,
  "must be 12 digits, in quotes so that YAML keeps its zeros"
);
var DataLakeConfig = import_zod.z.object({
  accounts: import_zod.z.array(
    import_zod.z.object({
      id: AccountId,
      name: import_zod.z.string().optional(),
      regions: import_zod.z.array(import_zod.z.string()).min(1),
      owners: import_zod.z.array(import_zod.z.string()).optional(),
      serviceRoleArn: import_zod.z.string().optional(),
      permissionsBoundaryArn: import_zod.z.string().optional(),
      stackNamePrefixes: import_zod.z.array(
        import_zod.z.object({
          owner: import_zod.z.string().optional(),
          prefixes: import_zod.z.array(import_zod.z.string().min(1)).min(1)
        })
      ).optional()
    })
  ).default([]),
  aws: import_zod.z.object({ endpoints: Endpoints }).default({ endpoints: {} }),
  deploy: import_zod.z.object({
    allowedResourceTypes: import_zod.z.array(import_zod.z.string()).optional(),
    allowedMacros: import_zod.z.array(import_zod.z.string()).optional(),
    serviceRoleArn: import_zod.z.string().optional(),
    permissionsBoundaryArn: import_zod.z.string().optional()
  }).default({}),
  skeleton: import_zod.z.object({ path: import_zod.z.string().optional() }).default({})
});
function readDataLakeConfig(config) {
  const result = DataLakeConfig.safeParse(config.getOptional("dataLake") ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `dataLake.${path.join(".")}: ${message}`).join("; ");
  throw new import_errors.InputError(`Configuration is wrong: ${problems}`);
}

// ../plugins/data-lake-node/src/aws/calls.ts
var CallCounter = class {
  counts = /* @__PURE__ */ new Map();
  /** Counts every request of this client from now on. */
  watch(service, client) {
    const stack = client.middlewareStack;
    stack.add(
      (next, context) => async (args) => {
        this.count(service, context.commandName ?? "unknown");
        return next(args);
      },
      // the innermost step runs again for each retry
      { step: "deserialize", priority: "low", name: "dataLakeCallCounter" }
    );
    return client;
  }
  /** @internal */
  count(service, command) {
    const key = `${service}:${command.replace(/Command$/, "")}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
  get total() {
    return [...this.counts.values()].reduce((sum2, n) => sum2 + n, 0);
  }
  toJSON() {
    return Object.fromEntries([...this.counts].sort());
  }
};

// ../plugins/data-lake-node/src/aws/console.ts
function consoleUrl(target, place) {
  const path = paths[place.of];
  return `https://${consoleHost(target.region)}/${path(place, target.region)}`;
}
function consoleHost(region) {
  if (region.startsWith("cn-")) return "console.amazonaws.cn";
  if (region.startsWith("us-gov-")) return "console.amazonaws-us-gov.com";
  return `${region}.console.aws.amazon.com`;
}
var e = encodeURIComponent;
var paths = {
  stack: ({ stackId }, region) => `cloudformation/home?region=${region}#/stacks/events?stackId=${e(stackId)}`,
  bucket: ({ name: name2, prefix }, region) => `s3/buckets/${e(name2)}?region=${region}${prefix ? `&prefix=${e(prefix)}` : ""}`,
  "mwaa-environment": ({ name: name2 }, region) => `mwaa/home?region=${region}#environments/${e(name2)}`,
  "emr-cluster": ({ id }, region) => `emr/home?region=${region}#/clusterDetails/${e(id)}`,
  "emr-serverless-application": ({ id }, region) => `emr/home?region=${region}#/serverless/${e(id)}`,
  "state-machine": ({ arn }, region) => `states/home?region=${region}#/statemachines/view/${e(arn)}`,
  execution: ({ arn }, region) => `states/home?region=${region}#/v2/executions/details/${e(arn)}`,
  "glue-job": ({ name: name2 }, region) => `gluestudio/home?region=${region}#/editor/job/${e(name2)}/runs`,
  "glue-job-run": ({ name: name2, runId }, region) => `gluestudio/home?region=${region}#/job/${e(name2)}/run/${e(runId)}`,
  "glue-database": ({ name: name2 }, region) => `glue/home?region=${region}#/v2/data-catalog/databases/view/${e(name2)}`,
  "glue-table": ({ database, name: name2 }, region) => `glue/home?region=${region}#/v2/data-catalog/tables/view/${e(
    name2
  )}?database=${e(database)}`,
  crawler: ({ name: name2 }, region) => `glue/home?region=${region}#/v2/data-catalog/crawlers/view/${e(name2)}`,
  lambda: ({ name: name2 }, region) => `lambda/home?region=${region}#/functions/${e(name2)}`,
  "log-group": ({ name: name2 }, region) => `cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${e(
    e(name2)
  ).replace(/%/g, "$")}`,
  parameter: ({ name: name2 }, region) => `systems-manager/parameters/${e(name2)}/description?region=${region}`,
  role: ({ name: name2 }, region) => `iam/home?region=${region}#/roles/details/${e(name2)}`
};

// ../plugins/data-lake-node/src/aws/errors.ts
var import_errors2 = require("@backstage/errors");

// ../plugins/data-lake-node/src/aws/errorNames.ts
var namesByKind = {
  denied: [
    "AccessDenied",
    "AccessDeniedException",
    "AllAccessDisabled",
    "AuthorizationError",
    "AuthorizationErrorException",
    "Forbidden",
    "NotAuthorized",
    "UnauthorizedException",
    "UnauthorizedOperation"
  ],
  credentials: [
    "AuthFailure",
    "CredentialsProviderError",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException"
  ],
  "not-found": [
    "ChangeSetNotFound",
    "ChangeSetNotFoundException",
    "EntityNotFoundException",
    "ExecutionDoesNotExist",
    "NoSuchBucket",
    "NoSuchEntity",
    "NoSuchEntityException",
    "NoSuchKey",
    "NotFound",
    "ParameterNotFound",
    "ResourceNotFound",
    "ResourceNotFoundException",
    "StackNotFoundException",
    "StateMachineDoesNotExist"
  ],
  conflict: [
    "AlreadyExistsException",
    "BucketAlreadyExists",
    "BucketAlreadyOwnedByYou",
    "BucketNotEmpty",
    "ConcurrentModificationException",
    "ConcurrentRunsExceededException",
    "ConditionalRequestConflict",
    "ConflictException",
    "CrawlerRunningException",
    "ExecutionAlreadyExists",
    "InvalidChangeSetStatus",
    "InvalidChangeSetStatusException",
    "OperationInProgressException",
    "PreconditionFailed",
    "ResourceConflictException",
    "ResourceInUseException",
    "TokenAlreadyExistsException"
  ],
  throttled: [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "TooManyRequestsException",
    "TransactionInProgressException"
  ],
  unreachable: [],
  unavailable: [
    "InternalError",
    "InternalFailure",
    "InternalServerError",
    "InternalServerException",
    "InternalServiceException",
    "OperationTimeoutException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceException",
    "ServiceUnavailable",
    "ServiceUnavailableException"
  ],
  input: [
    "InsufficientCapabilitiesException",
    "InvalidArgument",
    "InvalidArn",
    "InvalidBucketName",
    "InvalidDefinition",
    "InvalidExecutionInput",
    "InvalidInputException",
    "InvalidName",
    "InvalidParameterException",
    "InvalidParameterValueException",
    "InvalidRequestException",
    "LimitExceededException",
    "PermanentRedirect",
    "ValidationError",
    "ValidationException"
  ],
  other: []
};
var kindByName = new Map(
  Object.entries(namesByKind).flatMap(
    ([kind, names]) => names.map((name2) => [name2, kind])
  )
);

// ../plugins/data-lake-node/src/aws/withCause.ts
function withCause(error, cause) {
  return Object.defineProperty(error, "cause", { value: cause });
}

// ../plugins/data-lake-node/src/aws/errors.ts
async function calling(doing, call) {
  try {
    return await call();
  } catch (error) {
    throw translateAwsError(error, doing);
  }
}
function translateAwsError(error, doing) {
  const failure = readFailure(error);
  if (failure.kind === "translated") return error;
  const { what, action } = typeof doing === "string" ? { what: doing } : doing;
  const made = makeError[failure.kind]({ ...failure, what, action });
  return withCause(made, error);
}
var makeError = {
  denied: ({ what, action, message }) => new import_errors2.NotAllowedError(
    `AWS denied ${what}: the credentials need ${actionIn(message) ?? action ?? "an IAM permission that AWS does not name"}. Add it to the role's policy. AWS says: ${message}`
  ),
  credentials: ({ what, name: name2, message }) => new import_errors2.NotAllowedError(
    `AWS does not accept the credentials for ${what} (${name2}: ${message}). Check aws.accounts and aws.mainAccount in the configuration`
  ),
  "not-found": ({ what, message }) => new import_errors2.NotFoundError(`Not found while ${what}: ${message}`),
  conflict: ({ what, message }) => new import_errors2.ConflictError(`Conflict while ${what}: ${message}`),
  throttled: ({ what, name: name2 }) => new import_errors2.ServiceUnavailableError(
    `AWS throttled ${what} (${name2}), also after retries. Try again in a minute`
  ),
  unreachable: ({ what, endpoint: endpoint2, message }) => new import_errors2.ServiceUnavailableError(unreachableText(what, endpoint2, message)),
  unavailable: ({ what, name: name2, message }) => new import_errors2.ServiceUnavailableError(
    `AWS failed ${what} (${name2}: ${message}), also after retries. Try again; if it stays, see https://health.aws.amazon.com`
  ),
  input: ({ what, message }) => new import_errors2.InputError(`AWS refused ${what}: ${message}`),
  other: ({ what, name: name2, message }) => new Error(`AWS failed ${what} (${name2}: ${message})`)
};
function unreachableText(what, endpoint2, message) {
  if (endpoint2 && /\/\/(127\.|localhost|\[::1\])/.test(endpoint2)) {
    return `AWS endpoint ${endpoint2} does not answer (${what}): is the local AWS running? Start it with ./dev start`;
  }
  return `AWS endpoint ${endpoint2 ?? ""} does not answer (${what}: ${message}). Check the network and the region`.replace(
    "  ",
    " "
  );
}
function actionIn(message) {
  return /perform:? ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1];
}
var translated = /* @__PURE__ */ new Set([
  "AbortError",
  "AuthenticationError",
  "ConflictError",
  "InputError",
  "NotAllowedError",
  "NotFoundError",
  "ServiceUnavailableError"
]);
function readFailure(error) {
  const { name: name2, message, status } = readSdkError(error);
  if (translated.has(name2)) return { kind: "translated", name: name2, message };
  const network = networkFailure(error);
  if (network) return { kind: "unreachable", name: name2, message, ...network };
  if (/There is no AWS integration that matches/.test(message)) {
    return { kind: "credentials", name: "no credentials", message };
  }
  const kind = kindByMessage(name2, message) ?? kindByName.get(name2) ?? kindByStatus(status);
  return { kind, name: name2, message };
}
function readSdkError(error) {
  const shape = error ?? {};
  const known2 = kindByName.has(shape.name ?? "") ? shape.name : void 0;
  return {
    name: known2 ?? shape.Code ?? shape.name ?? "Error",
    message: (shape.message || shape.name || String(error)).trim(),
    status: shape.$metadata?.httpStatusCode
  };
}
var networkCodes = /* @__PURE__ */ new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT"
]);
function networkFailure(error) {
  const shape = error ?? {};
  if (Array.isArray(shape.errors) && shape.errors.length > 0) {
    return networkFailure(shape.errors[0]);
  }
  const told = /connect (E[A-Z]+) ([^\s:]+):(\d+)/.exec(shape.message ?? "");
  const code = shape.code ?? told?.[1] ?? "";
  if (shape.name !== "TimeoutError" && !networkCodes.has(code)) {
    return void 0;
  }
  const host = shape.address ?? shape.hostname ?? told?.[2];
  const port = shape.port ?? Number(told?.[3] ?? 443);
  if (!host) return {};
  return {
    endpoint: port === 443 ? `https://${host}` : `http://${host}:${port}`
  };
}
function kindByMessage(name2, message) {
  const vague = [
    "ValidationError",
    "ValidationException",
    "InvalidRequestException",
    "InvalidParameterValueException"
  ];
  if (!vague.includes(name2)) return void 0;
  if (/does not exist|Cluster id .* is not valid/i.test(message)) {
    return "not-found";
  }
  if (/is in [A-Z_]+ state|already exists|TerminationProtection/i.test(message)) {
    return "conflict";
  }
  return void 0;
}
function kindByStatus(status) {
  if (status === 401 || status === 403) return "denied";
  if (status === 404) return "not-found";
  if (status === 409 || status === 412) return "conflict";
  if (status === 429) return "throttled";
  if (status !== void 0 && status >= 500) return "unavailable";
  if (status === 400) return "input";
  return "other";
}

// ../plugins/data-lake-node/src/aws/factory.ts
var import_integration_aws_node = require("@backstage/integration-aws-node");

// ../plugins/data-lake-node/src/aws/sdk.ts
var sdk = {
  get cloudformation() {
    return require("@aws-sdk/client-cloudformation");
  },
  get sfn() {
    return require("@aws-sdk/client-sfn");
  },
  get glue() {
    return require("@aws-sdk/client-glue");
  },
  get emr() {
    return require("@aws-sdk/client-emr");
  },
  get emrServerless() {
    return require("@aws-sdk/client-emr-serverless");
  },
  get lakeformation() {
    return require("@aws-sdk/client-lakeformation");
  },
  get lambda() {
    return require("@aws-sdk/client-lambda");
  },
  get ssm() {
    return require("@aws-sdk/client-ssm");
  },
  get s3() {
    return require("@aws-sdk/client-s3");
  },
  get iam() {
    return require("@aws-sdk/client-iam");
  },
  get sts() {
    return require("@aws-sdk/client-sts");
  },
  get logs() {
    return require("@aws-sdk/client-cloudwatch-logs");
  },
  get mwaa() {
    return require("@aws-sdk/client-mwaa");
  }
};

// ../plugins/data-lake-node/src/aws/clients.ts
function createClients(options) {
  const { target, settings } = options;
  const calls = new CallCounter();
  const made = /* @__PURE__ */ new Map();
  const lazily = (id, make) => {
    if (!made.has(id)) made.set(id, calls.watch(id, make()));
    return made.get(id);
  };
  const common = (id) => settings.forClient(id);
  return {
    target,
    settings,
    calls,
    get cloudformation() {
      return lazily(
        "cloudformation",
        () => new sdk.cloudformation.CloudFormationClient(common("cloudformation"))
      );
    },
    get sfn() {
      return lazily(
        "stepfunctions",
        () => new sdk.sfn.SFNClient({
          ...common("stepfunctions"),
          disableHostPrefix: settings.isLocal("stepfunctions")
        })
      );
    },
    get glue() {
      return lazily("glue", () => new sdk.glue.GlueClient(common("glue")));
    },
    get emr() {
      return lazily("emr", () => new sdk.emr.EMRClient(common("emr")));
    },
    get emrServerless() {
      return lazily(
        "emrserverless",
        () => new sdk.emrServerless.EMRServerlessClient(common("emrserverless"))
      );
    },
    get lakeformation() {
      return lazily(
        "lakeformation",
        () => new sdk.lakeformation.LakeFormationClient(common("lakeformation"))
      );
    },
    get lambda() {
      return lazily(
        "lambda",
        () => new sdk.lambda.LambdaClient(common("lambda"))
      );
    },
    get ssm() {
      return lazily("ssm", () => new sdk.ssm.SSMClient(common("ssm")));
    },
    get s3() {
      return lazily(
        "s3",
        () => new sdk.s3.S3Client({
          ...common("s3"),
          forcePathStyle: settings.isLocal("s3")
        })
      );
    },
    get iam() {
      return lazily("iam", () => new sdk.iam.IAMClient(common("iam")));
    },
    get sts() {
      return lazily("sts", () => new sdk.sts.STSClient(common("sts")));
    },
    get logs() {
      return lazily(
        "logs",
        () => new sdk.logs.CloudWatchLogsClient(common("logs"))
      );
    },
    get mwaa() {
      return lazily(
        "mwaa",
        () => new sdk.mwaa.MWAAClient({
          ...common("mwaa"),
          customUserAgent: [["app", settings.appId]],
          disableHostPrefix: settings.isLocal("mwaa")
        })
      );
    }
  };
}

// ../plugins/data-lake-node/src/aws/settings.ts
var import_node_http_handler = require("@smithy/node-http-handler");
var product = "backstage-data-lake";
var ClientSettings = class {
  constructor(options) {
    this.options = options;
  }
  options;
  requestHandler = new import_node_http_handler.NodeHttpHandler({
    connectionTimeout: 3e3,
    // Nothing we ask takes longer; MWAA's own limit is 10 s
    requestTimeout: 3e4,
    throwOnRequestTimeout: true
  });
  /**
   * What requests call themselves in AWS's own logs; each purpose has a policy of its own.
   * https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html
   */
  get appId() {
    const { purpose } = this.options;
    return purpose ? `${product}-${purpose}` : product;
  }
  get credentials() {
    return this.options.credentials;
  }
  /** The endpoint of a service where it is not AWS's own. Ids are the CDK's module names. */
  findEndpoint(service) {
    return this.options.endpoints[service] ?? this.options.endpoints.default;
  }
  isLocal(service) {
    return this.findEndpoint(service) !== void 0;
  }
  forClient(service) {
    return {
      region: this.options.target.region,
      credentials: this.credentials,
      endpoint: this.findEndpoint(service),
      requestHandler: this.requestHandler,
      retryMode: "standard",
      maxAttempts: 4,
      userAgentAppId: this.appId
    };
  }
};

// ../plugins/data-lake-node/src/aws/factory.ts
var AwsClientFactory = class _AwsClientFactory {
  constructor(options) {
    this.options = options;
  }
  options;
  /** @param options - `purpose` ends the app id of all requests: `backstage-data-lake-<purpose>` */
  static fromConfig(config, options = {}) {
    return new _AwsClientFactory({
      ...options,
      credentials: import_integration_aws_node.DefaultAwsCredentialsManager.fromConfig(config),
      endpoints: readDataLakeConfig(config).aws.endpoints
    });
  }
  made = /* @__PURE__ */ new Map();
  /** The same clients for the same account and region, so that connections are used again. */
  forTarget(target) {
    const key = `${target.account}/${target.region}`;
    const existing = this.made.get(key);
    if (existing) return existing;
    const clients = createClients({
      target,
      settings: new ClientSettings({
        target,
        endpoints: this.options.endpoints,
        purpose: this.options.purpose,
        credentials: async (props) => {
          const { sdkCredentialProvider } = await this.options.credentials.getCredentialProvider({
            accountId: target.account
          });
          return sdkCredentialProvider(props);
        }
      })
    });
    this.made.set(key, clients);
    return clients;
  }
};

// ../plugins/data-lake-common/src/names.ts
var tagKeys = {
  project: "data-lake:project",
  environment: "data-lake:environment",
  owner: "data-lake:owner",
  entity: "data-lake:entity",
  runId: "data-lake:run-id"
};

// ../plugins/data-lake-node/src/services/emr/adapter.ts
var namelessProblem = {
  service: "emr",
  health: "unknown",
  message: `Clusters are not looked for: no stack has the tags ${tagKeys.project} and ${tagKeys.environment}. Deploy it with them`
};

// ../plugins/data-lake-node/src/services/mwaa/airflow.ts
var import_zod2 = require("zod");
var Time = import_zod2.z.string().nullish();
var DagRun = import_zod2.z.object({
  dag_run_id: import_zod2.z.string(),
  state: import_zod2.z.string(),
  run_type: import_zod2.z.string().default("manual"),
  /** v2 only */
  queued_at: Time,
  start_date: Time,
  end_date: Time
});
var TaskInstance = import_zod2.z.object({
  task_id: import_zod2.z.string(),
  dag_run_id: import_zod2.z.string(),
  map_index: import_zod2.z.number().default(-1),
  state: import_zod2.z.string().nullish(),
  try_number: import_zod2.z.number().nullish(),
  start_date: Time,
  end_date: Time
});
var Dag = import_zod2.z.object({
  dag_id: import_zod2.z.string(),
  is_paused: import_zod2.z.boolean().nullish(),
  has_import_errors: import_zod2.z.boolean().nullish(),
  last_parsed_time: Time,
  timetable_description: import_zod2.z.string().nullish(),
  /** v1 only */
  schedule_interval: import_zod2.z.unknown().optional(),
  next_dagrun_create_after: Time,
  /** v2 only */
  timetable_summary: import_zod2.z.string().nullish(),
  next_dagrun_run_after: Time
});
var ImportErrors = import_zod2.z.object({
  import_errors: import_zod2.z.array(
    import_zod2.z.object({
      filename: import_zod2.z.string(),
      stack_trace: import_zod2.z.string().default(""),
      timestamp: Time
    })
  )
});
var DagRuns = import_zod2.z.object({ dag_runs: import_zod2.z.array(DagRun) });
var TaskInstances = import_zod2.z.object({
  task_instances: import_zod2.z.array(TaskInstance),
  total_entries: import_zod2.z.number().nullish()
});

// ../plugins/data-lake-node/src/services/mwaa/trigger.ts
var import_zod3 = require("zod");
var Triggered = import_zod3.z.object({ dag_run_id: import_zod3.z.string() });

// ../plugins/data-lake-node/src/services/verdict.ts
var graceMs = 15 * 6e4;

// ../plugins/data-lake-node/src/deploy/deleteStack.ts
var import_errors15 = require("@backstage/errors");

// ../plugins/data-lake-node/src/deploy/events.ts
var import_client_cloudformation = require("@aws-sdk/client-cloudformation");
async function listEvents(options) {
  const { clients, stackId, after, from, newestPage, within, signal } = options;
  const events = [];
  let token;
  do {
    const NextToken = token;
    const page = await calling(
      {
        what: `reading the events of stack ${stackId}`,
        action: "cloudformation:DescribeStackEvents"
      },
      () => clients.cloudformation.send(
        new import_client_cloudformation.DescribeStackEventsCommand({
          StackName: stackId,
          NextToken
        }),
        { abortSignal: signal }
      )
    );
    for (const event of page.StackEvents ?? []) {
      const isBefore = from !== void 0 && event.Timestamp < from;
      if (event.EventId === after || isBefore) return events.reverse();
      events.push(toStackEvent(event, within));
    }
    token = newestPage ? void 0 : page.NextToken;
  } while (token);
  return events.reverse();
}
function toStackEvent(event, within) {
  return {
    id: event.EventId,
    at: event.Timestamp,
    stackId: event.StackId,
    within,
    logicalId: event.LogicalResourceId ?? "",
    physicalId: event.PhysicalResourceId || void 0,
    type: event.ResourceType ?? "",
    status: event.ResourceStatus ?? "",
    reason: event.ResourceStatusReason || void 0,
    token: event.ClientRequestToken || void 0,
    ofStack: !within && event.PhysicalResourceId === event.StackId
  };
}
async function findEventBefore(options) {
  const events = await listEvents(options);
  return events.findLast(({ token }) => token !== options.token)?.id;
}
function endsOperation({ ofStack, status }) {
  return ofStack && !status.endsWith("_IN_PROGRESS");
}
function isSuccess(status) {
  return ["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"].includes(
    status
  );
}
function findCause(events) {
  const failed2 = events.filter(isFailure);
  const own = failed2.filter((event) => !isCancelled(event));
  return own.find(({ type }) => type !== nestedType) ?? own.find(({ ofStack }) => !ofStack) ?? own[0] ?? failed2[0] ?? events.find(({ ofStack, reason }) => ofStack && reason !== void 0);
}
function listOtherFailures(events) {
  const cause = findCause(events);
  return events.filter(
    (event) => isFailure(event) && !isCancelled(event) && event.type !== nestedType && event !== cause
  );
}
function failureText(event) {
  const { type, status, reason } = event;
  return `${idOf(event)} (${type}) ${status}: ${reason ?? "no reason given"}`;
}
var idOf = ({ within, logicalId }) => within ? `${within}/${logicalId}` : logicalId;
var nestedType = "AWS::CloudFormation::Stack";
var isFailure = ({ status }) => status.endsWith("_FAILED");
var isCancelled = ({ reason }) => /\bcancell?ed\b/i.test(reason ?? "");

// ../plugins/data-lake-node/src/deploy/follow.ts
var import_promises = require("node:timers/promises");
var import_errors8 = require("@backstage/errors");

// ../plugins/data-lake-node/src/deploy/stack.ts
var import_client_cloudformation2 = require("@aws-sdk/client-cloudformation");
var import_errors5 = require("@backstage/errors");
async function findStack(clients, stackName, signal) {
  try {
    const { Stacks } = await calling(
      {
        what: `reading stack ${stackName}`,
        action: "cloudformation:DescribeStacks"
      },
      () => clients.cloudformation.send(
        new import_client_cloudformation2.DescribeStacksCommand({ StackName: stackName }),
        { abortSignal: signal }
      )
    );
    const stack = Stacks?.[0];
    if (!stack || stack.StackStatus === "DELETE_COMPLETE") return void 0;
    return toStackState(stack);
  } catch (error) {
    if (error instanceof import_errors5.NotFoundError) return void 0;
    throw error;
  }
}
function toStackState(stack) {
  return {
    id: stack.StackId,
    name: stack.StackName,
    status: stack.StackStatus,
    statusReason: stack.StackStatusReason || void 0,
    tags: Object.fromEntries(
      (stack.Tags ?? []).map(({ Key, Value }) => [Key, Value])
    ),
    parameterNames: (stack.Parameters ?? []).map(
      ({ ParameterKey }) => ParameterKey
    ),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [
        OutputKey,
        OutputValue ?? ""
      ])
    ),
    terminationProtection: stack.EnableTerminationProtection ?? false,
    drift: stack.DriftInformation?.StackDriftStatus && {
      status: stack.DriftInformation.StackDriftStatus,
      checkedAt: stack.DriftInformation.LastCheckTimestamp
    }
  };
}

// ../plugins/data-lake-node/src/deploy/operationEvents.ts
var OperationEvents = class {
  constructor(of) {
    this.of = of;
    this.last = of.after;
  }
  of;
  /** All that were read so far, oldest first. */
  seen = [];
  untold = [];
  last;
  nested = /* @__PURE__ */ new Map();
  async read(signal) {
    const { clients, stackId } = this.of;
    const found = await listEvents({
      clients,
      stackId,
      after: this.last,
      signal
    });
    this.last = found.at(-1)?.id ?? this.last;
    this.take(found);
    for (const [id, nested] of this.nested) {
      if (!nested.unread) continue;
      const inner = await listEvents({
        clients,
        stackId: id,
        within: nested.within,
        after: nested.last,
        // its history is older than the operation
        from: this.seen[0].at,
        signal
      });
      nested.last = inner.at(-1)?.id ?? nested.last;
      nested.unread = nested.goesOn;
      this.take(inner);
    }
  }
  /** Those that were not taken before, oldest first. */
  takeUntold() {
    const events = this.untold.sort(byTime);
    this.untold = [];
    return events;
  }
  take(events) {
    this.seen.push(...events);
    if (this.nested.size > 0) this.seen.sort(byTime);
    this.untold.push(...events);
    for (const event of events) this.note(event);
  }
  note(event) {
    const { type, physicalId, stackId, status } = event;
    if (type !== nestedType || !physicalId || physicalId === stackId) return;
    this.nested.set(physicalId, {
      within: idOf(event),
      last: this.nested.get(physicalId)?.last,
      goesOn: status.endsWith("_IN_PROGRESS"),
      unread: true
    });
  }
};
var byTime = (a, b) => a.at.getTime() - b.at.getTime();

// ../plugins/data-lake-node/src/deploy/waiting.ts
var import_errors7 = require("@backstage/errors");
function* pauses() {
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 5e3)) {
    yield pause * (0.8 + Math.random() * 0.4);
  }
}
var Heartbeat = class {
  constructor(log) {
    this.log = log;
  }
  log;
  last = Date.now();
  reset() {
    this.last = Date.now();
  }
  beat(line) {
    if (Date.now() - this.last < 3e4) return;
    this.log(line());
    this.reset();
  }
};
var Patience = class {
  constructor(log) {
    this.log = log;
  }
  log;
  since;
  /** The answer, or undefined where there was none now; throws after five minutes without one. */
  async tryTo(ask) {
    try {
      const got = await ask();
      this.since = void 0;
      return { got };
    } catch (error) {
      if (!(error instanceof import_errors7.ServiceUnavailableError)) throw error;
      this.since ??= Date.now();
      if (Date.now() - this.since > 5 * 6e4) throw error;
      this.log(`Asking again: ${error.message}`);
      return void 0;
    }
  }
};

// ../plugins/data-lake-node/src/deploy/follow.ts
async function followOperation(options) {
  const { log, signal, consoleUrl: consoleUrl2 } = options;
  const operation = new OperationEvents(options);
  const { seen } = operation;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  for (const pause of pauses()) {
    const ended = await patience.tryTo(async () => {
      await operation.read(signal);
      return hasEnded(options, seen);
    });
    for (const event of operation.takeUntold()) {
      log(toLine2(event));
      heart.reset();
    }
    if (ended?.got) return seen;
    if (Date.now() > options.deadline) {
      throw new import_errors8.ServiceUnavailableError(
        `The stack's operation has not ended in time. It goes on in AWS; run again to follow it: ${consoleUrl2}`
      );
    }
    heart.beat(() => `Still waiting for ${openResources(seen)}`);
    await (0, import_promises.setTimeout)(pause, void 0, { signal });
  }
  return seen;
}
async function hasEnded({ clients, signal, stackId }, events) {
  const last = events.findLast(({ ofStack }) => ofStack);
  if (!last || !endsOperation(last)) return false;
  if (!last.status.endsWith("_FAILED")) return true;
  const stack = await findStack(clients, stackId, signal);
  return !stack?.status.endsWith("_IN_PROGRESS");
}
function toLine2(event) {
  const { at, status, type, reason } = event;
  const time = at.toISOString().slice(11, 19);
  return `${time} ${status.padEnd(20)} ${idOf(event)} (${type})${reason ? `: ${reason}` : ""}`;
}
function openResources(events) {
  const newest = new Map(events.map((event) => [idOf(event), event]));
  const open = [...newest.values()].filter(({ ofStack, status }) => !ofStack && /_IN_PROGRESS$/.test(status)).map(idOf);
  return open.length > 0 ? open.slice(0, 5).join(", ") : "CloudFormation";
}

// ../plugins/data-lake-node/src/deploy/ownedBuckets.ts
var import_client_s3 = require("@aws-sdk/client-s3");
var import_errors9 = require("@backstage/errors");
async function holdsObjects(clients, bucket, signal) {
  return (await listVersions({ clients, bucket, max: 1, signal })).length > 0;
}
async function assertTaggedBucket(options) {
  const { clients, bucket, entity: entity3, signal } = options;
  const { TagSet } = await calling(
    {
      what: `reading the tags of bucket ${bucket}`,
      action: "s3:GetBucketTagging"
    },
    () => clients.s3.send(
      new import_client_s3.GetBucketTaggingCommand({
        Bucket: bucket,
        ExpectedBucketOwner: clients.target.account
      }),
      { abortSignal: signal }
    )
  ).catch((error) => {
    if (error.cause?.name === "NoSuchTagSet") return { TagSet: [] };
    throw error;
  });
  const owner = TagSet?.find(({ Key }) => Key === tagKeys.entity)?.Value;
  if (owner === entity3) return;
  throw new import_errors9.NotAllowedError(
    `Bucket ${bucket} is not emptied: its tag ${tagKeys.entity} says ${owner ?? "nothing"}, not ${entity3}. Empty it by hand if that is meant`
  );
}
async function emptyBucket({ clients, log, signal, deadline }, bucket) {
  const heart = new Heartbeat(log);
  for (let deleted = 0; ; ) {
    const Objects = await listVersions({ clients, bucket, max: 1e3, signal });
    if (Objects.length === 0) return deleted;
    if (Date.now() > deadline) {
      throw new import_errors9.ServiceUnavailableError(
        `Bucket ${bucket} is not empty in time; ${deleted} object versions are deleted. Run again to go on`
      );
    }
    const { Errors } = await calling(
      { what: `emptying bucket ${bucket}`, action: "s3:DeleteObjectVersion" },
      () => clients.s3.send(
        new import_client_s3.DeleteObjectsCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          Delete: { Quiet: true, Objects }
        }),
        { abortSignal: signal }
      )
    );
    const failed2 = Errors?.[0];
    if (failed2) {
      throw new import_errors9.ServiceUnavailableError(
        `S3 did not delete ${failed2.Key} of bucket ${bucket} (${failed2.Code}: ${failed2.Message})`
      );
    }
    deleted += Objects.length;
    heart.beat(() => `Emptying bucket ${bucket}: ${deleted} deleted so far`);
  }
}
async function listVersions(options) {
  const { clients, bucket, max, signal } = options;
  const { Versions, DeleteMarkers } = await calling(
    {
      what: `listing the objects of bucket ${bucket}`,
      action: "s3:ListBucketVersions"
    },
    () => clients.s3.send(
      new import_client_s3.ListObjectVersionsCommand({
        Bucket: bucket,
        ExpectedBucketOwner: clients.target.account,
        MaxKeys: max
      }),
      { abortSignal: signal }
    )
  );
  return [...Versions ?? [], ...DeleteMarkers ?? []].map(
    ({ Key, VersionId }) => ({ Key, VersionId })
  );
}

// ../plugins/data-lake-node/src/deploy/resolve.ts
function resolveResources(content, parameters2) {
  const template2 = content;
  const scope = {
    parameters: { ...defaultsOf(template2), ...parameters2 },
    conditions: asObject(template2.Conditions),
    mappings: asObject(template2.Mappings),
    open: /* @__PURE__ */ new Set()
  };
  const resolved = /* @__PURE__ */ new Map();
  for (const [id, value] of Object.entries(asObject(template2.Resources))) {
    const { Type, Properties, DeletionPolicy, Condition } = asObject(value);
    const is = isText(Condition) ? evaluate({ Condition }, scope) : true;
    if (is === false) continue;
    resolved.set(id, {
      ...is === void 0 && { uncertain: true },
      type: String(Type),
      properties: asObject(resolve(Properties, scope)),
      deletionPolicy: DeletionPolicy
    });
  }
  return resolved;
}
var asObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
var asList = (value) => {
  if (value === void 0) return [];
  return Array.isArray(value) ? value : [value];
};
function defaultsOf(template2) {
  return Object.fromEntries(
    Object.entries(asObject(template2.Parameters)).map(([name2, value]) => [name2, asObject(value).Default]).filter(([, value]) => value !== void 0).map(([name2, value]) => [name2, String(value)])
  );
}
var isText = (value) => typeof value === "string";
var noValue = /* @__PURE__ */ Symbol("AWS::NoValue");
function resolve(value, scope) {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [[name2, argument]] = entries;
    if (Object.hasOwn(functions, name2)) return functions[name2](argument, scope);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, scope)]).filter(([, item]) => item !== noValue)
  );
}
var functions = {
  Ref: (name2, { parameters: parameters2 }) => {
    if (name2 === "AWS::NoValue") return noValue;
    const known2 = isText(name2) && Object.hasOwn(parameters2, name2);
    return known2 ? parameters2[name2] : { Ref: name2 };
  },
  "Fn::Sub": (argument, scope) => {
    const [text, own] = asList(argument);
    if (!isText(text)) return { "Fn::Sub": argument };
    return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, name2) => {
      const value = Object.hasOwn(asObject(own), name2) ? resolve(asObject(own)[name2], scope) : scope.parameters[name2];
      return typeof value === "string" ? value : whole;
    });
  },
  "Fn::If": (argument, scope) => {
    const [name2, yes, no] = asList(argument);
    const is = evaluate({ Condition: name2 }, scope);
    if (is !== void 0) return resolve(is ? yes : no, scope);
    return { "Fn::If": [name2, resolve(yes, scope), resolve(no, scope)] };
  },
  "Fn::FindInMap": (argument, scope) => {
    const [map, first, second] = asList(resolve(argument, scope));
    const known2 = [map, first, second].every(isText);
    const found = known2 ? asObject(asObject(scope.mappings[map])[first])[second] : void 0;
    return found ?? { "Fn::FindInMap": [map, first, second] };
  }
};
function evaluate(condition, scope) {
  const [[name2, argument] = []] = Object.entries(asObject(condition));
  const each = () => asList(argument ?? []).map((c) => evaluate(c, scope));
  switch (name2) {
    case "Condition":
      return evaluateNamed(argument, scope);
    case "Fn::Equals": {
      const [left, right] = asList(resolve(argument, scope));
      const known2 = [left, right].every((side) => typeof side !== "object");
      return known2 ? String(left) === String(right) : void 0;
    }
    case "Fn::Not": {
      const [is] = each();
      return is === void 0 ? void 0 : !is;
    }
    case "Fn::And": {
      const all = each();
      if (all.includes(false)) return false;
      return all.includes(void 0) ? void 0 : true;
    }
    case "Fn::Or": {
      const all = each();
      if (all.includes(true)) return true;
      return all.includes(void 0) ? void 0 : false;
    }
    default:
      return void 0;
  }
}
function evaluateNamed(name2, scope) {
  if (!isText(name2)) return void 0;
  if (scope.open.has(name2) || !Object.hasOwn(scope.conditions, name2)) {
    return void 0;
  }
  scope.open.add(name2);
  const is = evaluate(scope.conditions[name2], scope);
  scope.open.delete(name2);
  return is;
}

// ../plugins/data-lake-node/src/deploy/planDeletion.ts
function planDeletion(options) {
  const { stackName, stack, entity: entity3, resources, template: template2 } = options;
  if (!stack) return { do: "nothing" };
  const reason = findRefusal(stackName, stack, entity3);
  if (reason) return { do: "refuse", reason };
  if (stack.status === "DELETE_IN_PROGRESS") {
    return { do: "follow", stackId: stack.id };
  }
  const policies = asObject(asObject(template2).Resources);
  const stays = ({ logicalId }) => ["Retain", "RetainExceptOnCreate"].includes(
    String(asObject(policies[logicalId]).DeletionPolicy)
  );
  return {
    do: "delete",
    stackId: stack.id,
    goes: resources.filter((resource) => !stays(resource)),
    stays: resources.filter(stays)
  };
}
function findRefusal(stackName, { status, tags, terminationProtection }, entity3) {
  const theirs = tags[tagKeys.entity];
  if (theirs !== entity3) {
    return `Stack ${stackName} belongs to ${theirs ?? "no entity (it has no data-lake:entity tag)"}, not to ${entity3 ?? "nobody: name its entity"}. It is not deleted`;
  }
  if (terminationProtection) {
    return `Stack ${stackName} has termination protection. Whoever may delete it turns that off first, in the console under Stack actions`;
  }
  const isBusy = status.endsWith("_IN_PROGRESS") && !["DELETE_IN_PROGRESS", "REVIEW_IN_PROGRESS"].includes(status);
  if (isBusy) {
    return `Stack ${stackName} is ${status}: an operation is going on. Delete it when that has ended`;
  }
  return void 0;
}

// ../plugins/data-lake-node/src/deploy/stackResources.ts
var import_client_cloudformation3 = require("@aws-sdk/client-cloudformation");
async function listStackResources(options) {
  const { clients, stackId, signal } = options;
  const resources = [];
  let token;
  do {
    const NextToken = token;
    const page = await calling(
      {
        what: `listing the resources of stack ${stackId}`,
        action: "cloudformation:ListStackResources"
      },
      () => clients.cloudformation.send(
        new import_client_cloudformation3.ListStackResourcesCommand({ StackName: stackId, NextToken }),
        { abortSignal: signal }
      )
    );
    for (const summary of page.StackResourceSummaries ?? []) {
      if (summary.ResourceStatus === "DELETE_COMPLETE") continue;
      resources.push({
        logicalId: summary.LogicalResourceId,
        type: summary.ResourceType,
        physicalId: summary.PhysicalResourceId || void 0
      });
    }
    token = page.NextToken;
  } while (token);
  return resources;
}

// ../plugins/data-lake-node/src/deploy/stackTemplate.ts
var import_client_cloudformation4 = require("@aws-sdk/client-cloudformation");

// ../plugins/data-lake-node/src/deploy/templateText.ts
var import_errors12 = require("@backstage/errors");
var import_yaml = require("yaml");
var maxDepth = 60;
function parseTemplateText(text) {
  const isJson = text.trimStart().startsWith("{");
  const content = isJson ? parseJson(text) : parseYaml(text);
  checkDepth(content);
  return { content, isJson };
}
function childrenOf(value) {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new import_errors12.InputError(
      `The template is not valid JSON: ${error.message}`
    );
  }
}
function parseYaml(text) {
  try {
    const document = (0, import_yaml.parseDocument)(text, { logLevel: "silent" });
    if (document.errors.length > 0) throw document.errors[0];
    (0, import_yaml.visit)(document, (_key, node) => {
      if ((0, import_yaml.isAlias)(node)) throw new Error("aliases (*name) are not allowed");
      const { tag } = node ?? {};
      return tag?.startsWith("!") && !tag.startsWith("!!") ? toLongForm(document, node, tag.slice(1)) : void 0;
    });
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new import_errors12.InputError(
      `The template is not acceptable YAML: ${error.message}`
    );
  }
}
function toLongForm(document, node, name2) {
  node.tag = void 0;
  const key = ["Ref", "Condition"].includes(name2) ? name2 : `Fn::${name2}`;
  const value = node.value;
  if (name2 === "GetAtt" && typeof value === "string") {
    const dot = value.indexOf(".");
    return document.createNode({
      [key]: [value.slice(0, dot), value.slice(dot + 1)]
    });
  }
  return document.createNode({ [key]: node });
}
function checkDepth(content) {
  let level = [content];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) {
      throw new import_errors12.InputError(
        `The template is nested more than ${maxDepth} levels deep`
      );
    }
    level = level.flatMap(childrenOf);
  }
}

// ../plugins/data-lake-node/src/deploy/stackTemplate.ts
async function readStackTemplate(options) {
  return readTemplate(options);
}
async function readProcessedTemplate(options) {
  return readTemplate(options);
}
async function readTemplate(options) {
  const { clients, stackId, changeSetName, signal } = options;
  const { TemplateBody } = await calling(
    {
      what: `reading the template of stack ${stackId}`,
      action: "cloudformation:GetTemplate"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation4.GetTemplateCommand({
        StackName: stackId,
        ChangeSetName: changeSetName,
        TemplateStage: "Processed"
      }),
      { abortSignal: signal }
    )
  );
  return parseTemplateText(TemplateBody ?? "{}").content;
}
async function readStackParameters(options) {
  const { clients, stackId, signal } = options;
  const { Stacks } = await calling(
    {
      what: `reading stack ${stackId}`,
      action: "cloudformation:DescribeStacks"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation4.DescribeStacksCommand({ StackName: stackId }),
      { abortSignal: signal }
    )
  );
  return Object.fromEntries(
    (Stacks?.[0]?.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [
      ParameterKey,
      ParameterValue ?? ""
    ])
  );
}

// ../plugins/data-lake-node/src/deploy/startDeletion.ts
var import_client_cloudformation5 = require("@aws-sdk/client-cloudformation");
async function startDeletion(options) {
  const { clients, stackId, roleArn, token } = options;
  await calling(
    {
      what: `deleting stack ${stackId}`,
      action: "cloudformation:DeleteStack"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation5.DeleteStackCommand({
        StackName: stackId,
        RoleARN: roleArn,
        ClientRequestToken: token
      })
    )
  );
}

// ../plugins/data-lake-node/src/deploy/deleteStack.ts
var DeletionFailedError = class extends import_errors15.CustomErrorBase {
  name = "DeletionFailedError";
};
async function deleteStack(options) {
  const { clients, stackName, log, signal, confirm } = options;
  if (confirm !== void 0 && confirm !== stackName) {
    throw new import_errors15.InputError(
      `Nothing was deleted: to confirm, give the stack's name, ${stackName}, not '${confirm}'`
    );
  }
  const stack = await findStack(clients, stackName, signal);
  const plan = await planFor(options, stack);
  switch (plan.do) {
    case "refuse":
      throw new import_errors15.ConflictError(plan.reason);
    case "nothing": {
      const { account, region } = clients.target;
      log(`There is no stack ${stackName} in ${account}/${region}`);
      return { status: "NOT_THERE", deleted: false, goes: [], stays: [] };
    }
    case "follow":
      log(`Stack ${stackName} is being deleted already`);
      return followDeletion(toWork(options), plan.stackId);
    default:
      return deletePlanned(toWork(options), stack, plan);
  }
}
var toWork = (options) => ({
  ...options,
  deadline: Date.now() + (options.timeoutMinutes ?? 60) * 6e4
});
async function planFor({ clients, stackName, entity: entity3, signal }, stack) {
  const decide = (resources2, template3) => planDeletion({ stackName, stack, entity: entity3, resources: resources2, template: template3 });
  const first = decide([]);
  if (first.do !== "delete") return first;
  const about = { clients, stackId: first.stackId, signal };
  const [resources, template2] = await Promise.all([
    listStackResources(about),
    stack?.status === "REVIEW_IN_PROGRESS" ? {} : readStackTemplate(about)
  ]);
  return decide(resources, template2);
}
async function deletePlanned(work, stack, plan) {
  const { clients, stackName, log, confirm, signal } = work;
  const { goes, stays, stackId } = plan;
  logPlan(stackName, plan, log);
  const full = await listFullBuckets(work, goes);
  if (confirm === void 0) {
    log("Nothing was deleted. To delete it, confirm with its name");
    return { status: stack.status, deleted: false, goes, stays };
  }
  await assertMayEmpty(work, full);
  for (const bucket of full) {
    const count = await emptyBucket(work, bucket);
    log(`Emptied bucket ${bucket}: ${count} object versions`);
  }
  signal?.throwIfAborted();
  const [newest] = (await listEvents({ clients, stackId, newestPage: true, signal })).slice(-1);
  await startDeletion({ clients, stackId, roleArn: work.roleArn });
  return {
    ...await followDeletion(work, stackId, newest?.id),
    goes,
    stays
  };
}
function logPlan(stackName, { goes, stays }, log) {
  log(`With stack ${stackName} go ${goes.length} resources`);
  for (const resource of goes) log(`  - ${toLine3(resource)}`);
  if (stays.length > 0) log("What stays, and must be deleted by hand:");
  for (const resource of stays) log(`  = ${toLine3(resource)}`);
}
var toLine3 = ({ logicalId, type, physicalId }) => `${logicalId} (${type}${physicalId ? `, ${physicalId}` : ""})`;
async function listFullBuckets({ clients, log, signal }, goes) {
  const full = [];
  for (const { type, physicalId } of goes) {
    if (type !== "AWS::S3::Bucket" || !physicalId) continue;
    const is = await holdsObjects(clients, physicalId, signal).catch((error) => {
      if (error instanceof import_errors15.NotFoundError) return false;
      throw error;
    });
    if (!is) continue;
    log(`  ! Bucket ${physicalId} holds objects`);
    full.push(physicalId);
  }
  return full;
}
async function assertMayEmpty({ clients, stackName, entity: entity3, emptyBuckets, signal }, full) {
  if (full.length === 0) return;
  if (!emptyBuckets || entity3 === void 0) {
    throw new import_errors15.ConflictError(
      `Stack ${stackName} was not deleted: ${full.join(
        ", "
      )} would go and holds objects. Save what is needed, then empty it, or give emptyBuckets: true${entity3 === void 0 ? " and the entity that it belongs to" : ""}`
    );
  }
  for (const bucket of full) {
    await assertTaggedBucket({ clients, bucket, entity: entity3, signal });
  }
}
async function followDeletion(work, stackId, after) {
  const { clients, stackName, log, signal } = work;
  const link = consoleUrl(clients.target, { of: "stack", stackId });
  const since = after ?? await findLastBefore(work, stackId);
  const following = { ...work, stackId, after: since, consoleUrl: link };
  const events = await followOperation(following).catch((error) => {
    if (signal?.aborted) {
      log(`Cancelled here, but CloudFormation goes on deleting: ${link}`);
    }
    throw error;
  });
  const last = events.findLast(({ ofStack }) => ofStack);
  if (last.status !== "DELETE_COMPLETE") {
    throw new DeletionFailedError(
      `Stack ${stackName} is ${last.status}. Not deleted: ${culprits(
        events
      )}. Remove the cause, then delete again; what is gone stays gone (${link})`
    );
  }
  log(`Stack ${stackName} is deleted`);
  return { status: last.status, deleted: true, goes: [], stays: [] };
}
async function findLastBefore({ clients, signal }, stackId) {
  const events = await listEvents({
    clients,
    stackId,
    newestPage: true,
    signal
  });
  return events.findLast(
    ({ ofStack, status }) => ofStack && status !== "DELETE_IN_PROGRESS"
  )?.id;
}
function culprits(events) {
  const newest = new Map(events.map((event) => [event.logicalId, event]));
  const failed2 = [...newest.values()].filter(
    ({ ofStack, status }) => !ofStack && status === "DELETE_FAILED"
  );
  return failed2.map((event) => `${toLine3(event)}: ${event.reason ?? "no reason given"}`).join("; ") || "CloudFormation names nothing";
}

// ../plugins/data-lake-node/src/deploy/deployStack.ts
var import_errors30 = require("@backstage/errors");

// ../plugins/data-lake-node/src/deploy/changeSet.ts
var import_client_cloudformation6 = require("@aws-sdk/client-cloudformation");
var import_errors16 = require("@backstage/errors");

// ../plugins/data-lake-node/src/deploy/stateful.ts
var statefulTypes = /* @__PURE__ */ new Set([
  "AWS::Backup::BackupVault",
  "AWS::Cognito::UserPool",
  "AWS::DocDB::DBCluster",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::EC2::Volume",
  "AWS::ECR::Repository",
  "AWS::EFS::FileSystem",
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::FSx::FileSystem",
  "AWS::Glue::Database",
  "AWS::Glue::Table",
  "AWS::KMS::Key",
  "AWS::Kinesis::Stream",
  "AWS::Logs::LogGroup",
  "AWS::MSK::Cluster",
  "AWS::MWAA::Environment",
  "AWS::Neptune::DBCluster",
  "AWS::OpenSearchService::Domain",
  "AWS::RDS::DBCluster",
  "AWS::RDS::DBInstance",
  "AWS::Redshift::Cluster",
  "AWS::RedshiftServerless::Namespace",
  "AWS::S3::Bucket",
  "AWS::S3Tables::Table",
  "AWS::S3Tables::TableBucket",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
  "AWS::Timestream::Database",
  "AWS::Timestream::Table"
]);
var isStateful = (type) => statefulTypes.has(type);

// ../plugins/data-lake-node/src/deploy/resourceChange.ts
function toResourceChange(change2) {
  const type = change2.ResourceType ?? "";
  const does = toDoes(change2);
  const names = (change2.Details ?? []).map(
    ({ Target }) => Target?.Name ?? Target?.Attribute ?? ""
  );
  const leaves = does !== "added" && does !== "changed";
  return {
    logicalId: change2.LogicalResourceId ?? "",
    type,
    physicalId: change2.PhysicalResourceId || void 0,
    does,
    properties: [...new Set(names)].filter((name2) => name2 !== "").sort(),
    former: leaves ? formerOf[change2.PolicyAction ?? "Delete"] : void 0,
    stateful: isStateful(type),
    ...isDrifted(change2) && { drifted: true }
  };
}
var isDrifted = ({ ResourceDriftStatus }) => ResourceDriftStatus === "MODIFIED" || ResourceDriftStatus === "DELETED";
function toDoes(change2) {
  switch (change2.Action) {
    case "Add":
    case "Import":
      return "added";
    case "Remove":
      return "removed";
    case "Modify":
      if (change2.Replacement === "True") return "replaced";
      return change2.Replacement === "Conditional" ? "perhaps replaced" : "changed";
    case "SyncWithActual":
      return "changed";
    default:
      return "perhaps replaced";
  }
}
var formerOf = {
  Delete: "deleted",
  ReplaceAndDelete: "deleted",
  Retain: "kept",
  ReplaceAndRetain: "kept",
  Snapshot: "kept as a snapshot",
  ReplaceAndSnapshot: "kept as a snapshot"
};
function toChanges(resources) {
  const lines = (...does) => resources.filter((change2) => does.includes(change2.does)).map(({ logicalId, type }) => `${logicalId} (${type})`);
  return {
    added: lines("added"),
    changed: lines("changed", "perhaps replaced"),
    replaced: lines("replaced"),
    removed: lines("removed")
  };
}

// ../plugins/data-lake-node/src/deploy/changeSet.ts
async function createChangeSet(options) {
  const { clients, request, name: name2, type, keptParameters: keptParameters2, signal } = options;
  const { stackName, parameters: parameters2, tags, roleArn, revertDrift } = request;
  const command = new import_client_cloudformation6.CreateChangeSetCommand({
    StackName: stackName,
    ChangeSetName: name2,
    ChangeSetType: type,
    ...options.template,
    Parameters: [
      ...Object.entries(parameters2).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue
      })),
      ...keptParameters2.map((ParameterKey) => ({
        ParameterKey,
        UsePreviousValue: true
      }))
    ],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    Capabilities: toCapabilities(request),
    RoleARN: roleArn,
    // what was changed by hand is compared with, and set back
    DeploymentMode: revertDrift && type === "UPDATE" ? "REVERT_DRIFT" : void 0
  });
  await calling(
    {
      what: `preparing a change set for stack ${stackName}`,
      action: "cloudformation:CreateChangeSet"
    },
    async () => {
      try {
        await clients.cloudformation.send(command, { abortSignal: signal });
      } catch (error) {
        if (error.name !== "AlreadyExistsException") throw error;
      }
    }
  );
}
function toCapabilities({ capabilities, template: template2 }) {
  if (capabilities) return capabilities;
  const hasIam = Object.values(template2.resourceTypes).some(
    (type) => type.startsWith("AWS::IAM::")
  );
  if (template2.macros.length > 0) {
    return [import_client_cloudformation6.Capability.CAPABILITY_NAMED_IAM, import_client_cloudformation6.Capability.CAPABILITY_AUTO_EXPAND];
  }
  return hasIam ? [import_client_cloudformation6.Capability.CAPABILITY_NAMED_IAM] : [];
}
async function findChangeSet(options) {
  const { clients, stackName, name: name2, signal } = options;
  const resources = [];
  let page;
  let token;
  do {
    const NextToken = token;
    try {
      page = await calling(
        {
          what: `reading the change set of stack ${stackName}`,
          action: "cloudformation:DescribeChangeSet"
        },
        () => clients.cloudformation.send(
          new import_client_cloudformation6.DescribeChangeSetCommand({
            StackName: stackName,
            ChangeSetName: name2,
            NextToken
          }),
          { abortSignal: signal }
        )
      );
    } catch (error) {
      if (error instanceof import_errors16.NotFoundError) return void 0;
      throw error;
    }
    for (const { ResourceChange: change2 } of page.Changes ?? []) {
      if (change2) resources.push(toResourceChange(change2));
    }
    token = page.NextToken;
  } while (token);
  resources.sort((a, b) => a.logicalId < b.logicalId ? -1 : 1);
  const { ChangeSetId: id = "", StatusReason: reason } = page;
  return { id, state: toState(page), reason, resources };
}
function toState(page) {
  const { Status, StatusReason, ExecutionStatus } = page;
  if (ExecutionStatus === "EXECUTE_IN_PROGRESS") return "executing";
  if (ExecutionStatus === "EXECUTE_COMPLETE") return "executed";
  if (ExecutionStatus === "EXECUTE_FAILED" || ExecutionStatus === "OBSOLETE") {
    return "failed";
  }
  if (Status === "FAILED") {
    return isNoChange(StatusReason) ? "empty" : "failed";
  }
  return Status === "CREATE_COMPLETE" && ExecutionStatus === "AVAILABLE" ? "ready" : "pending";
}
function isNoChange(reason = "") {
  return /didn't contain changes|No updates are to be performed/i.test(reason);
}
async function executeChangeSet(options) {
  const { clients, stackName, name: name2, token } = options;
  await calling(
    {
      what: `executing the change set of stack ${stackName}`,
      action: "cloudformation:ExecuteChangeSet"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation6.ExecuteChangeSetCommand({
        StackName: stackName,
        ChangeSetName: name2,
        ClientRequestToken: token,
        // a failed create leaves no retained bucket behind, whose name the next try would need
        RetainExceptOnCreate: true
      })
    )
  );
}
async function deleteChangeSet(options) {
  const { clients, stackName, name: name2 } = options;
  await ifThere(
    {
      what: `removing the change set of stack ${stackName}`,
      action: "cloudformation:DeleteChangeSet"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation6.DeleteChangeSetCommand({
        StackName: stackName,
        ChangeSetName: name2
      })
    )
  );
}
async function ifThere(doing, call) {
  try {
    await calling(doing, call);
  } catch (error) {
    if (!(error instanceof import_errors16.NotFoundError)) throw error;
  }
}
async function hasChangeSets(clients, stackName) {
  const { Summaries } = await calling(
    {
      what: `listing the change sets of stack ${stackName}`,
      action: "cloudformation:ListChangeSets"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation6.ListChangeSetsCommand({ StackName: stackName })
    )
  );
  return (Summaries ?? []).length > 0;
}

// ../plugins/data-lake-node/src/deploy/begin.ts
async function beginExecution(execution) {
  try {
    await executeChangeSet(execution);
  } catch (error) {
    if (!await hasBegun(execution).catch(() => false)) throw error;
  }
}
async function hasBegun(execution) {
  const { clients, stackName, name: name2, token } = execution;
  const changeSet = await findChangeSet({ clients, stackName, name: name2 });
  if (changeSet) return ["executing", "executed"].includes(changeSet.state);
  const events = await listEvents({
    clients,
    stackId: stackName,
    newestPage: true
  });
  return events.some((event) => event.token === token);
}

// ../plugins/data-lake-node/src/deploy/continueRollback.ts
var import_client_cloudformation8 = require("@aws-sdk/client-cloudformation");

// ../plugins/data-lake-node/src/deploy/failure.ts
var import_errors19 = require("@backstage/errors");

// ../plugins/data-lake-node/src/deploy/validation.ts
var import_client_cloudformation7 = require("@aws-sdk/client-cloudformation");
async function listValidationErrors(options) {
  const { clients, stackName, changeSetName, reason } = options;
  if (!/DescribeEvents|validation/i.test(reason ?? "")) return [];
  const events = await calling(
    {
      what: `reading why the validation of stack ${stackName} failed`,
      action: "cloudformation:DescribeEvents"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation7.DescribeEventsCommand({
        StackName: stackName,
        ChangeSetName: changeSetName
      })
    )
  ).catch(() => void 0);
  return (events?.OperationEvents ?? []).filter(({ EventType }) => EventType === "VALIDATION_ERROR").map(
    ({ LogicalResourceId, ResourceType, ValidationStatusReason }) => `${LogicalResourceId} (${ResourceType}): ${ValidationStatusReason}`
  );
}

// ../plugins/data-lake-node/src/deploy/failure.ts
var DeploymentFailedError = class extends import_errors19.CustomErrorBase {
  name = "DeploymentFailedError";
};
async function toFailure(clients, stackName, events) {
  const last = events.findLast(({ ofStack }) => ofStack);
  const cause = findCause(events);
  const stackId = cause?.stackId ?? last.stackId;
  const invalid = await listValidationErrors({
    clients,
    stackName: stackId,
    reason: cause?.reason
  });
  const link = consoleUrl(clients.target, { of: "stack", stackId });
  const others = listOtherFailures(events).map(failureText);
  return new DeploymentFailedError(
    [
      `Stack ${stackName} failed and is ${last.status}. ${invalid.join("; ") || causeText(cause)} (${link})`,
      ...others.length > 0 ? ["Failed too:"] : [],
      ...others.slice(0, maxOthers).map((line) => `  ${line}`),
      ...others.length > maxOthers ? [`  and ${others.length - maxOthers} more`] : []
    ].join("\n")
  );
}
var maxOthers = 20;
var causeText = (cause) => cause ? failureText(cause) : "CloudFormation names no cause";

// ../plugins/data-lake-node/src/deploy/identity.ts
var import_node_crypto = require("node:crypto");
function toAskerName({ identity }) {
  return `backstage-${sha256(identity).slice(0, 12)}`;
}
function toWorkName(request, purpose = "deploy") {
  const { stackName, template: template2, parameters: parameters2, tags } = request;
  const open = Object.entries(parameters2).map(([name2, value]) => [
    name2,
    template2.parameters[name2]?.noEcho ? "" : value
  ]);
  const text = JSON.stringify([
    purpose,
    stackName,
    template2.digest,
    sorted(Object.fromEntries(open)),
    sorted(tags),
    request.revertDrift ?? false
  ]);
  return `${toAskerName(request)}-${sha256(text).slice(0, 16)}`;
}
function toChangeSetName(request, options = {}) {
  const { basis = "", purpose } = options;
  return `${toWorkName(request, purpose)}-${sha256(basis).slice(0, 8)}`;
}
function toExecutionToken(name2, changeSetId) {
  return `${name2}-${sha256(changeSetId).slice(0, 8)}`;
}
var toChangeSetOf = (token) => token.replace(/-[0-9a-f]{8}$/, "");
function toActToken(request, act, basis) {
  return `${toAskerName(request)}-${act}-${sha256(basis).slice(0, 8)}`;
}
var sha256 = (text) => (0, import_node_crypto.createHash)("sha256").update(text).digest("hex");
function sorted(record) {
  return Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1);
}

// ../plugins/data-lake-node/src/deploy/continueRollback.ts
async function continueRollback(waiting, stack, lastEvent) {
  const { clients, request, log } = waiting;
  log(`Stack ${stack.name} is ${stack.status}: continuing its rollback first`);
  await calling(
    {
      what: `continuing the rollback of stack ${stack.name}`,
      action: "cloudformation:ContinueUpdateRollback"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation8.ContinueUpdateRollbackCommand({
        StackName: stack.id,
        RoleARN: request.roleArn,
        ClientRequestToken: toActToken(request, "continue", lastEvent ?? "")
      })
    )
  );
  const link = consoleUrl(clients.target, { of: "stack", stackId: stack.id });
  const events = await followOperation({
    ...waiting,
    stackId: stack.id,
    after: lastEvent,
    consoleUrl: link
  });
  const last = events.findLast(({ ofStack }) => ofStack);
  if (last.status === "UPDATE_ROLLBACK_COMPLETE") return;
  throw await toFailure(clients, stack.name, events);
}

// ../plugins/data-lake-node/src/deploy/describe.ts
var import_node_crypto3 = require("node:crypto");

// ../plugins/data-lake-node/src/deploy/grants.ts
function listGrants({ type, properties }) {
  return Object.hasOwn(readers, type) ? readers[type](properties) : [];
}
var canGrant = (type) => Object.hasOwn(readers, type);
var readers = {
  "AWS::IAM::Role": (p) => [
    ...fromPolicy(p.AssumeRolePolicyDocument),
    ...fromIdentity(p, ["this role"])
  ],
  "AWS::IAM::User": (p) => fromIdentity(p, ["this user"]),
  "AWS::IAM::Group": (p) => fromIdentity(p, ["this group"]),
  "AWS::IAM::Policy": fromAttached,
  "AWS::IAM::ManagedPolicy": fromAttached,
  "AWS::IAM::RolePolicy": (p) => fromPolicy(p.PolicyDocument, texts(p.RoleName, "role ")),
  "AWS::IAM::InstanceProfile": (p) => [
    allow({ who: ["EC2 instances"], actions: texts(p.Roles, "role ") })
  ],
  "AWS::S3::Bucket": (p) => fromPublicAccessBlock(p),
  "AWS::S3::BucketPolicy": (p) => fromPolicy(p.PolicyDocument),
  "AWS::SNS::TopicPolicy": (p) => fromPolicy(p.PolicyDocument),
  "AWS::SQS::QueuePolicy": (p) => fromPolicy(p.PolicyDocument),
  "AWS::KMS::Key": (p) => fromPolicy(p.KeyPolicy),
  "AWS::SecretsManager::ResourcePolicy": (p) => fromPolicy(p.ResourcePolicy),
  "AWS::Lambda::Permission": (p) => [
    allow({
      who: texts(p.Principal),
      actions: texts(p.Action),
      on: texts(p.FunctionName),
      condition: conditionText({
        SourceArn: p.SourceArn,
        SourceAccount: p.SourceAccount,
        PrincipalOrgID: p.PrincipalOrgID
      })
    })
  ],
  "AWS::Lambda::Url": (p) => [
    allow({
      who: p.AuthType === "NONE" ? ["*"] : ["IAM principals"],
      actions: ["lambda:InvokeFunctionUrl"],
      on: texts(p.TargetFunctionArn)
    })
  ],
  "AWS::LakeFormation::Permissions": fromLakeFormation,
  "AWS::LakeFormation::PrincipalPermissions": fromLakeFormation,
  "AWS::EC2::SecurityGroup": (p) => [
    ...asList(p.SecurityGroupIngress).map((r) => fromRule("in", asObject(r))),
    // a group without egress rules lets everything out
    ...(asList(p.SecurityGroupEgress).length > 0 ? asList(p.SecurityGroupEgress) : [{ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }]).map((r) => fromRule("out", asObject(r)))
  ],
  "AWS::EC2::SecurityGroupIngress": (p) => [fromRule("in", p)],
  "AWS::EC2::SecurityGroupEgress": (p) => [fromRule("out", p)],
  "AWS::EC2::NetworkAclEntry": (p) => [
    {
      ...fromRule(p.Egress === true ? "out" : "in", p),
      effect: p.RuleAction === "deny" ? "Deny" : "Allow"
    }
  ]
};
function allow(grant) {
  return {
    of: "iam",
    effect: "Allow",
    who: [],
    actions: [],
    on: ["*"],
    condition: "",
    ...grant
  };
}
function fromIdentity(p, who) {
  return [
    ...asList(p.Policies).flatMap(
      (policy) => fromPolicy(asObject(policy).PolicyDocument, who)
    ),
    ...asList(p.ManagedPolicyArns).map(
      (arn) => allow({ who, actions: [`policy ${toText(arn)}`] })
    ),
    // a boundary takes away: without it, or with another, there is more
    ...asList(p.PermissionsBoundary).map(
      (arn) => allow({ effect: "Deny", who, actions: [`beyond ${toText(arn)}`] })
    )
  ];
}
function fromAttached(p) {
  const who = [
    ...texts(p.Roles, "role "),
    ...texts(p.Users, "user "),
    ...texts(p.Groups, "group ")
  ];
  return fromPolicy(
    p.PolicyDocument,
    who.length > 0 ? who : ["whoever it is attached to"]
  );
}
function fromPolicy(document, who) {
  return asList(asObject(document).Statement).flatMap(branches).map((statement) => {
    const { Effect, Action, NotAction, Resource, NotResource } = statement;
    const { Principal, NotPrincipal, Condition } = statement;
    return allow({
      effect: Effect === "Deny" ? "Deny" : "Allow",
      who: who ?? either(principals(Principal), NotPrincipal),
      actions: either(texts(Action), NotAction),
      on: either(Resource === void 0 ? [] : texts(Resource), NotResource, [
        "*"
      ]),
      condition: conditionText(Condition)
    });
  });
}
function branches(statement) {
  const one = asObject(statement);
  const open = asList(one["Fn::If"]);
  return open.length === 3 ? open.slice(1).flatMap(branches) : [one];
}
function either(list, not, otherwise = []) {
  if (not !== void 0) return [`not ${canonical(not)}`];
  return list.length > 0 ? list : otherwise;
}
function principals(principal) {
  if (principal === "*") return ["*"];
  return Object.entries(asObject(principal)).flatMap(
    ([kind, value]) => texts(value).map(
      (text) => kind === "AWS" && text === "*" ? "*" : `${kind} ${text}`
    )
  );
}
function fromPublicAccessBlock(p) {
  return Object.entries(asObject(p.PublicAccessBlockConfiguration)).filter(([, is]) => toText(is) === "true").map(
    ([name2]) => allow({
      effect: "Deny",
      who: ["*"],
      actions: [`public access (${name2})`]
    })
  );
}
function fromLakeFormation(p) {
  const principal = asObject(p.Principal ?? p.DataLakePrincipal);
  return [
    allow({
      who: texts(principal.DataLakePrincipalIdentifier),
      actions: [
        ...texts(p.Permissions, "lakeformation "),
        ...texts(p.PermissionsWithGrantOption, "lakeformation grant of ")
      ],
      on: texts(p.Resource)
    })
  ];
}
function fromRule(direction, rule) {
  const { IpProtocol, Protocol, FromPort, ToPort, PortRange } = rule;
  const protocol = toText(IpProtocol ?? Protocol ?? "-1");
  const range = asObject(PortRange);
  const [from, to] = [FromPort ?? range.From, ToPort ?? range.To].map(
    (port) => port === void 0 ? "all" : toText(port)
  );
  const peer = [
    rule.CidrIp,
    rule.CidrIpv6,
    rule.CidrBlock,
    rule.Ipv6CidrBlock,
    rule.SourceSecurityGroupId,
    rule.SourceSecurityGroupName,
    rule.DestinationSecurityGroupId,
    rule.SourcePrefixListId,
    rule.DestinationPrefixListId
  ].filter((value) => value !== void 0);
  return allow({
    of: "network",
    who: texts(peer),
    actions: [
      protocol === "-1" ? `${direction} *` : `${direction} ${protocol} ${from}-${to}`
    ],
    on: texts(rule.GroupId ?? rule.NetworkAclId ?? "*")
  });
}
var texts = (value, before = "") => asList(value).map((item) => before + toText(item));
function toText(value) {
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value);
  const [name2, argument] = entries[0] ?? [];
  if (entries.length === 1) {
    if (name2 === "Ref") return `\${${toText(argument)}}`;
    if (name2 === "Fn::GetAtt") return `\${${texts(argument).join(".")}}`;
    if (name2 === "Fn::Sub" && typeof argument === "string") return argument;
    if (name2 === "Fn::Join" && asList(argument)[0] === "") {
      return asList(asList(argument)[1]).map(toText).join("");
    }
  }
  return canonical(value);
}
function conditionText(condition) {
  const entries = Object.entries(asObject(condition)).filter(
    ([, value]) => value !== void 0
  );
  return entries.length > 0 ? canonical(Object.fromEntries(entries)) : "";
}
function canonical(value) {
  return JSON.stringify(
    value,
    (_key, item) => typeof item === "object" && item !== null && !Array.isArray(item) ? Object.fromEntries(
      Object.entries(item).sort(([a], [b]) => a < b ? -1 : 1)
    ) : item
  );
}

// ../plugins/data-lake-node/src/deploy/broader.ts
function findBroader(before, after) {
  const ids = [.../* @__PURE__ */ new Set([...after.keys(), ...before.keys()])];
  return ids.flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    const { type } = is ?? was;
    if (!canGrant(type)) return [];
    const former = was ? listGrants(was) : [];
    const now = is ? listGrants(is) : [];
    return findBroaderGrants(former, now).map(({ of, text }) => ({
      logicalId: id,
      type,
      of,
      text
    }));
  });
}
function findBroaderGrants(former, now) {
  const allows = uncovered(only("Allow", now), only("Allow", former));
  const denies = uncovered(only("Deny", former), only("Deny", now));
  return [
    ...allows.map((grant) => ({ of: grant.of, text: `may ${toLine4(grant)}` })),
    ...denies.map((grant) => ({
      of: grant.of,
      text: `is denied no more: ${toLine4(grant)}`
    }))
  ];
}
var only = (effect, grants) => grants.filter((grant) => grant.effect === effect);
function uncovered(grants, others) {
  const whole = new Set(others.map((other) => canonical(other)));
  return grants.flatMap((grant) => {
    if (whole.has(canonical(grant))) return [];
    if (isTooLarge(grant, others)) return [grant];
    const who = grant.who.filter((w) => !isCovered({ ...grant, who: [w] }));
    const actions = grant.actions.filter(
      (a) => !isCovered({ ...grant, actions: [a] })
    );
    const on = grant.on.filter((o) => !isCovered({ ...grant, on: [o] }));
    return actions.length > 0 ? [{ ...grant, who, actions, on }] : [];
  });
  function isCovered({ who, actions, on, ...rest }) {
    return who.every(
      (w) => actions.every(
        (a) => on.every(
          (o) => others.some(
            (other) => covers(other, { ...rest, who: [w], actions: [a], on: [o] })
          )
        )
      )
    );
  }
}
function isTooLarge(grant, others) {
  const size = (g) => g.who.length + g.actions.length + g.on.length;
  const parts = grant.who.length * grant.actions.length * grant.on.length;
  return parts * others.reduce((sum2, o) => sum2 + size(o), 0) > 1e5;
}
function covers(other, { who, actions, on, condition }) {
  return (other.condition === "" || other.condition === condition) && other.who.some((text) => matches(text, who[0])) && other.actions.some(
    (text) => matches(text.toLowerCase(), actions[0].toLowerCase())
  ) && other.on.some((text) => matches(text, on[0]));
}
function matches(pattern, text) {
  if (pattern === text || pattern === "*") return true;
  if (pattern.startsWith("not ") || text.startsWith("not ")) return false;
  if (pattern.length > maxLength || text.length > maxLength) return false;
  const single = (char) => char !== "*" && !text.includes("${");
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === "*") {
      [star, mark] = [p, t];
      p += 1;
    } else if (pattern[p] === text[t] || pattern[p] === "?" && single(text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      mark += 1;
      [p, t] = [star + 1, mark];
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}
var maxLength = 2048;
function toLine4({ who, actions, on, condition }) {
  const when = condition ? ` when ${shortened(condition)}` : "";
  return `${listed(who)}: ${listed(actions)} on ${listed(on)}${when}`;
}
var listed = (items) => items.length > 6 ? `${items.slice(0, 5).map(shortened).join(", ")} and ${items.length - 5} more` : items.map(shortened).join(", ");
var shortened = (text) => text.length > 160 ? `${text.slice(0, 159)}\u2026` : text;

// ../plugins/data-lake-node/src/deploy/listPrices.ts
var listPrices = {
  /** When the prices below were compared with their sources. */
  asOf: "2026-11-27",
  /** Where they are asked. Most other regions ask the same or up to a third more. */
  region: "us-east-1",
  hoursPerMonth: 730,
  /** https://aws.amazon.com/kms/pricing/ each rotated version of it adds as much, up to two */
  kmsKeyMonth: 1,
  /** https://aws.amazon.com/cloudwatch/pricing/ */
  alarmMetricMonth: 0.1,
  highResolutionAlarmMetricMonth: 0.3,
  compositeAlarmMonth: 0.5,
  dashboardMonth: 3,
  /** https://aws.amazon.com/secrets-manager/pricing/ */
  secretMonth: 0.4,
  /** https://aws.amazon.com/systems-manager/pricing/#Parameter_Store */
  advancedParameterMonth: 0.05,
  /** https://aws.amazon.com/vpc/pricing/ */
  natGatewayHour: 0.045,
  publicIpv4Hour: 5e-3,
  /** https://aws.amazon.com/privatelink/pricing/ of each availability zone */
  interfaceEndpointHour: 0.01,
  /** https://aws.amazon.com/elasticloadbalancing/pricing/ */
  loadBalancerHour: 0.0225,
  /** https://aws.amazon.com/kinesis/data-streams/pricing/ */
  kinesisShardHour: 0.015,
  kinesisOnDemandStreamHour: 0.04,
  /** https://aws.amazon.com/managed-workflows-for-apache-airflow/pricing/ with one worker and scheduler */
  mwaaEnvironmentHour: {
    "mw1.small": 0.49,
    "mw1.medium": 0.74,
    "mw1.large": 0.99
  }
};

// ../plugins/data-lake-node/src/deploy/priceOf.ts
function priceOf(resource) {
  const { type, properties, uncertain } = resource;
  if (paidByUse.has(type)) return { usdPerMonth: 0, basis: "paid by use" };
  if (!Object.hasOwn(prices, type))
    return { why: "its price is not known here" };
  if (uncertain) {
    return {
      why: "whether it is made depends on what only CloudFormation knows"
    };
  }
  return prices[type](properties);
}
var { hoursPerMonth } = listPrices;
var byMonth = (usdPerMonth, basis) => ({
  usdPerMonth,
  basis
});
var byHour = (usd, count = 1) => ({
  usdPerMonth: usd * count * hoursPerMonth,
  basis: `${count === 1 ? "" : `${count} times `}$${usd} an hour`
});
var unclear = (property) => ({
  why: `${property} is not known before it is deployed`
});
var isKnown = (value) => typeof value !== "object";
var prices = {
  "AWS::KMS::Key": () => byMonth(listPrices.kmsKeyMonth, "a key"),
  "AWS::CloudWatch::Alarm": (p) => {
    const { alarmMetricMonth, highResolutionAlarmMetricMonth } = listPrices;
    if (!isKnown(p.Period)) return unclear("Period");
    const queried = asList(p.Metrics).filter(
      (m) => m?.MetricStat
    );
    const count = Math.max(1, queried.length);
    const usd = Number(p.Period ?? 60) < 60 ? highResolutionAlarmMetricMonth : alarmMetricMonth;
    return byMonth(usd * count, `${count} alarm metric${count > 1 ? "s" : ""}`);
  },
  "AWS::CloudWatch::CompositeAlarm": () => byMonth(listPrices.compositeAlarmMonth, "a composite alarm"),
  "AWS::CloudWatch::Dashboard": () => byMonth(
    listPrices.dashboardMonth,
    "a dashboard; an account has three free"
  ),
  "AWS::SecretsManager::Secret": () => byMonth(listPrices.secretMonth, "a secret"),
  "AWS::SSM::Parameter": (p) => {
    if (!isKnown(p.Tier)) return unclear("Tier");
    if (p.Tier === "Intelligent-Tiering") return unclear("which tier it gets");
    return p.Tier === "Advanced" ? byMonth(listPrices.advancedParameterMonth, "an advanced parameter") : byMonth(0, "a standard parameter");
  },
  "AWS::EC2::NatGateway": () => byHour(listPrices.natGatewayHour),
  "AWS::EC2::EIP": () => byHour(listPrices.publicIpv4Hour),
  "AWS::EC2::VPCEndpoint": (p) => {
    const { VpcEndpointType: kind = "Gateway", SubnetIds } = p;
    if (kind === "Gateway") return byMonth(0, "a gateway endpoint");
    if (!isKnown(kind)) return unclear("VpcEndpointType");
    if (!Array.isArray(SubnetIds)) return unclear("in how many zones it is");
    return byHour(listPrices.interfaceEndpointHour, SubnetIds.length);
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": () => byHour(listPrices.loadBalancerHour),
  "AWS::Kinesis::Stream": (p) => {
    const mode = p.StreamModeDetails?.StreamMode;
    if (mode === "ON_DEMAND")
      return byHour(listPrices.kinesisOnDemandStreamHour);
    const shards = Number(p.ShardCount ?? 1);
    return Number.isFinite(shards) ? byHour(listPrices.kinesisShardHour, shards) : unclear("ShardCount");
  },
  "AWS::MWAA::Environment": (p) => {
    const { EnvironmentClass: size = "mw1.small" } = p;
    if (typeof size !== "string") return unclear("EnvironmentClass");
    const { mwaaEnvironmentHour } = listPrices;
    return Object.hasOwn(mwaaEnvironmentHour, size) ? byHour(mwaaEnvironmentHour[size]) : { why: `the price of the class ${size} is not known here` };
  },
  "AWS::EMRServerless::Application": (p) => p.InitialCapacity === void 0 ? byMonth(0, "paid by use") : { why: "initial capacity is paid for as long as it is started" },
  "AWS::Glue::Job": (p) => p.Command?.Name === "gluestreaming" ? { why: "a streaming job is paid for as long as it runs" } : byMonth(0, "paid by use"),
  "AWS::Lambda::Alias": provisioned,
  "AWS::Lambda::Version": provisioned
};
function provisioned(p) {
  return p.ProvisionedConcurrencyConfig === void 0 ? byMonth(0, "paid by use") : { why: "provisioned concurrency is paid by the memory of the function" };
}
var paidByUse = /* @__PURE__ */ new Set([
  "AWS::EC2::InternetGateway",
  "AWS::EC2::Route",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::SecurityGroupEgress",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::Subnet",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::VPC",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::Events::Rule",
  "AWS::Glue::Crawler",
  "AWS::Glue::DataQualityRuleset",
  "AWS::Glue::Database",
  "AWS::Glue::SecurityConfiguration",
  "AWS::Glue::Table",
  "AWS::IAM::Group",
  "AWS::IAM::InstanceProfile",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::RolePolicy",
  "AWS::IAM::User",
  "AWS::KMS::Alias",
  "AWS::LakeFormation::Permissions",
  "AWS::LakeFormation::PrincipalPermissions",
  "AWS::LakeFormation::Resource",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::Lambda::Permission",
  "AWS::Lambda::Url",
  "AWS::Logs::LogGroup",
  "AWS::S3::Bucket",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
  "AWS::StepFunctions::StateMachine"
]);

// ../plugins/data-lake-node/src/deploy/fixedCost.ts
function estimateFixedCost(before, after) {
  const now = priceAll(after);
  return {
    usdPerMonth: sum(now.items),
    change: cents(sum(now.items) - sum(priceAll(before).items)),
    ...now,
    pricesOf: listPrices.region,
    asOf: listPrices.asOf
  };
}
function priceAll(resources) {
  const items = [];
  const unknown2 = [];
  for (const [logicalId, resource] of resources) {
    const { type } = resource;
    const price = priceOf(resource);
    if ("why" in price) unknown2.push({ logicalId, type, why: price.why });
    else if (price.usdPerMonth > 0) {
      const usdPerMonth = cents(price.usdPerMonth);
      items.push({ logicalId, type, usdPerMonth, basis: price.basis });
    }
  }
  return { items, unknown: unknown2 };
}
var sum = (items) => cents(items.reduce((all, { usdPerMonth }) => all + usdPerMonth, 0));
var cents = (usd) => Math.round(usd * 100) / 100;
function toCostLines(cost, region) {
  const { usdPerMonth, change: change2, items, unknown: unknown2, pricesOf, asOf } = cost;
  const sign = change2 < 0 ? "-" : "+";
  const differs = change2 === 0 ? "" : ` (${sign}$${Math.abs(change2).toFixed(2)})`;
  const place = region === pricesOf ? pricesOf : `${pricesOf}; ${region} may ask more`;
  return [
    `Fixed cost a month, without use: $${usdPerMonth.toFixed(2)}${differs}${unknown2.length > 0 ? " and what is not known" : ""}, at list prices of ${place}, ${asOf}`,
    ...items.map(
      (item) => `  $ ${item.logicalId}: ${item.usdPerMonth.toFixed(2)}, ${item.basis}`
    ),
    ...unknown2.map((item) => `  ? ${item.logicalId} (${item.type}): ${item.why}`)
  ];
}

// ../plugins/data-lake-node/src/deploy/template.ts
var import_node_crypto2 = require("node:crypto");
var import_errors21 = require("@backstage/errors");
var import_zod4 = require("zod");

// ../plugins/data-lake-node/src/deploy/macros.ts
function listMacros(content) {
  const found = /* @__PURE__ */ new Set();
  const add = (name2) => found.add(typeof name2 === "string" && name2 !== "" ? name2 : "?");
  for (const entry of asList(asObject(content).Transform)) {
    add(typeof entry === "string" ? entry : asObject(entry).Name);
  }
  let level = [content];
  while (level.length > 0) {
    for (const value of level) {
      const one = asObject(value);
      if (Object.hasOwn(one, "Fn::Transform")) {
        asList(one["Fn::Transform"]).forEach((use) => add(asObject(use).Name));
      }
    }
    level = level.flatMap(childrenOf);
  }
  return [...found].sort();
}
var isMadeByMacro = (logicalId) => logicalId.startsWith("Fn::ForEach::") || logicalId === "Fn::Transform";

// ../plugins/data-lake-node/src/deploy/permissionsBoundary.ts
var bounded = ["AWS::IAM::Role", "AWS::IAM::User"];
function withPermissionsBoundary(content, boundary) {
  if (boundary === void 0) return content;
  const bare = listBounded(content).filter(
    ([, { PermissionsBoundary }]) => PermissionsBoundary === void 0
  );
  if (bare.length === 0) return content;
  const resources = asObject(asObject(content).Resources);
  const added = bare.map(([id, properties]) => [
    id,
    {
      ...asObject(resources[id]),
      Properties: { ...properties, PermissionsBoundary: boundary }
    }
  ]);
  return {
    ...asObject(content),
    Resources: { ...resources, ...Object.fromEntries(added) }
  };
}
function findWrongBoundaries(content, boundary) {
  if (boundary === void 0) return [];
  return listBounded(content).filter(([, { PermissionsBoundary: has }]) => has !== boundary).map(
    ([id, { PermissionsBoundary: has }]) => `${id} must have the permissions boundary ${boundary}${has === void 0 ? "" : ", and has another; leave it out"}`
  );
}
function listBounded(content) {
  return Object.entries(asObject(asObject(content).Resources)).filter(([, resource]) => bounded.includes(String(asObject(resource).Type))).map(([id, resource]) => [id, asObject(asObject(resource).Properties)]);
}

// ../plugins/data-lake-node/src/deploy/resourceTypes.ts
var defaultAllowedResourceTypes = [
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::EC2::EIP",
  "AWS::EC2::InternetGateway",
  "AWS::EC2::NatGateway",
  "AWS::EC2::Route",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::Subnet",
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::VPC",
  "AWS::EC2::VPCEndpoint",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::EMRServerless::Application",
  "AWS::Events::Rule",
  "AWS::Glue::Crawler",
  "AWS::Glue::DataQualityRuleset",
  "AWS::Glue::Database",
  "AWS::Glue::Job",
  "AWS::Glue::SecurityConfiguration",
  "AWS::Glue::Table",
  "AWS::IAM::InstanceProfile",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::RolePolicy",
  "AWS::KMS::Alias",
  "AWS::KMS::Key",
  "AWS::LakeFormation::Permissions",
  "AWS::LakeFormation::PrincipalPermissions",
  "AWS::LakeFormation::Resource",
  "AWS::Lambda::Alias",
  "AWS::Lambda::Function",
  "AWS::Lambda::Permission",
  "AWS::Lambda::Version",
  "AWS::Logs::LogGroup",
  "AWS::MWAA::Environment",
  "AWS::S3::Bucket",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
  "AWS::SSM::Parameter",
  "AWS::StepFunctions::StateMachine"
];
function isAllowedType(type, allowed) {
  return allowed.some(
    (entry) => entry.endsWith("*") ? type.startsWith(entry.slice(0, -1)) : type === entry
  );
}

// ../plugins/data-lake-node/src/deploy/template.ts
var TemplateShape = import_zod4.z.looseObject({
  Parameters: import_zod4.z.record(
    import_zod4.z.string(),
    import_zod4.z.looseObject({
      Default: import_zod4.z.unknown().optional(),
      NoEcho: import_zod4.z.union([import_zod4.z.boolean(), import_zod4.z.string()]).optional()
    })
  ).default({}),
  Resources: import_zod4.z.record(import_zod4.z.string(), import_zod4.z.looseObject({ Type: import_zod4.z.string() })),
  Outputs: import_zod4.z.record(import_zod4.z.string(), import_zod4.z.unknown()).default({})
});
var maxBytes = 1048576;
var maxTextBytes = 51200;
var isTooLongForText = ({ body }) => Buffer.byteLength(body) > maxTextBytes;
function parseTemplate(text, rules) {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw new import_errors21.InputError(
      `The template has ${bytes} bytes; CloudFormation allows ${maxBytes}`
    );
  }
  const { content: given, isJson } = parseTemplateText(text);
  const shape = parseShape(given);
  const content = withPermissionsBoundary(given, rules.permissionsBoundary);
  assertAllowed(content, shape.Resources, rules);
  const isSent = isJson || content !== given;
  return toTemplate(isSent ? JSON.stringify(content) : text, {
    content,
    shape,
    rules
  });
}
function assertAllowedContent(content, rules) {
  assertAllowed(content, parseShape(content).Resources, rules);
}
function assertAllowed(content, resources, rules) {
  const problems = [
    ...findRefusedMacros(listMacros(content), rules),
    ...findRefusedTypes(resources, rules.allowedResourceTypes),
    ...findWrongBoundaries(content, rules.permissionsBoundary)
  ];
  if (problems.length > 0) {
    throw new import_errors21.InputError(`The template is refused: ${problems.join("; ")}`);
  }
}
function parseShape(content) {
  const result = TemplateShape.safeParse(withoutMade(content));
  if (!result.success) {
    const problems = result.error.issues.slice(0, 5).map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
    throw new import_errors21.InputError(
      `This is not a CloudFormation template: ${problems.join("; ")}`
    );
  }
  if (Object.keys(asObject(asObject(content).Resources)).length === 0) {
    throw new import_errors21.InputError("The template has no resources");
  }
  return result.data;
}
function withoutMade(content) {
  const { Resources } = asObject(content);
  if (listMacros(content).length === 0) return content;
  return {
    ...asObject(content),
    Resources: Object.fromEntries(
      Object.entries(asObject(Resources)).filter(([id]) => !isMadeByMacro(id))
    )
  };
}
function findRefusedMacros(macros, { allowedMacros = [] }) {
  return macros.filter((name2) => !allowedMacros.includes(name2)).map(
    (name2) => `it uses the macro ${name2}, which dataLake.deploy.allowedMacros does not list`
  );
}
function findRefusedTypes(resources, allowed) {
  return Object.entries(resources).flatMap(([id, { Type }]) => {
    if (isCustom(Type) && !isListedCustom(Type, allowed)) {
      return [
        `${id} is a custom resource (${Type}), which would run code, and which dataLake.deploy.allowedResourceTypes does not list`
      ];
    }
    if (!isAllowedType(Type, allowed)) {
      return [
        `${id} has type ${Type}, which dataLake.deploy.allowedResourceTypes does not list`
      ];
    }
    return [];
  });
}
var isCustom = (type) => type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource";
var isListedCustom = (type, allowed) => isAllowedType(
  type,
  allowed.filter((entry) => isCustom(entry))
);
function toTemplate(body, options) {
  const { content, shape, rules } = options;
  return {
    body,
    digest: (0, import_node_crypto2.createHash)("sha256").update(body).digest("hex"),
    parameters: Object.fromEntries(
      Object.entries(shape.Parameters).map(([name2, { Default, NoEcho }]) => [
        name2,
        {
          hasDefault: Default !== void 0,
          noEcho: NoEcho === true || NoEcho === "true"
        }
      ])
    ),
    resourceTypes: Object.fromEntries(
      Object.entries(shape.Resources).map(([id, { Type }]) => [id, Type])
    ),
    outputNames: Object.keys(shape.Outputs).filter((id) => !isMadeByMacro(id)),
    macros: listMacros(content),
    rules,
    content
  };
}

// ../plugins/data-lake-node/src/deploy/describe.ts
async function describeChange(change2) {
  const { does, resources } = change2;
  const { before, after } = await readBoth(change2);
  const broader = does === "nothing" ? [] : findBroader(before, after);
  const cost = estimateFixedCost(before, after);
  const digest = (0, import_node_crypto3.createHash)("sha256").update(canonical(whatIsDone(change2, broader))).digest("hex");
  return { does, resources, broader, cost, digest };
}
function whatIsDone({ clients, request, does, resources, stack, lastEvent }, broader) {
  const { stackName, template: template2, tags } = request;
  const asked = [
    clients.target,
    stackName,
    template2.digest,
    openParameters(request),
    tags,
    request.revertDrift ?? false
  ];
  return stack ? [asked, stack.id, lastEvent ?? "", does, resources, broader] : [asked];
}
function toAdded(request) {
  const after = resolveResources(
    request.template.content,
    parametersAfter(request, {})
  );
  return [...after].map(([logicalId, { type }]) => ({
    logicalId,
    type,
    does: "added",
    properties: [],
    stateful: false
  }));
}
async function readBoth(change2) {
  const { request, stack } = change2;
  const former = stack ? await readFormer({ ...change2, stack }) : { resources: /* @__PURE__ */ new Map(), parameters: {} };
  if (change2.does === "nothing") {
    return { before: former.resources, after: former.resources };
  }
  const after = resolveResources(
    await readContent(change2),
    parametersAfter(request, former.parameters)
  );
  return { before: former.resources, after };
}
async function readContent({
  clients,
  request,
  changeSetName,
  signal
}) {
  const { stackName, template: template2 } = request;
  if (template2.macros.length === 0 || changeSetName === void 0) {
    return template2.content;
  }
  const content = await readProcessedTemplate({
    clients,
    stackId: stackName,
    changeSetName,
    signal
  });
  assertAllowedContent(content, template2.rules);
  return content;
}
async function readFormer(options) {
  const { clients, stack, signal } = options;
  const [content, parameters2] = await Promise.all([
    readStackTemplate({ clients, stackId: stack.id, signal }),
    readStackParameters({ clients, stackId: stack.id, signal })
  ]);
  return { resources: resolveResources(content, parameters2), parameters: parameters2 };
}
function parametersAfter({ template: template2, parameters: parameters2 }, former) {
  const given = Object.entries(parameters2).map(([name2, value]) => [
    name2,
    template2.parameters[name2]?.noEcho ? "**** (given)" : value
  ]);
  const kept = Object.entries(former).filter(
    ([name2]) => Object.hasOwn(template2.parameters, name2)
  );
  const unsaid = Object.entries(template2.parameters).filter(([, { noEcho }]) => noEcho).map(([name2]) => [name2, "****"]);
  return Object.fromEntries([...unsaid, ...kept, ...given]);
}
function openParameters({ template: template2, parameters: parameters2 }) {
  return Object.entries(parameters2).filter(([name2]) => !template2.parameters[name2]?.noEcho).sort(([a], [b]) => a < b ? -1 : 1);
}

// ../plugins/data-lake-node/src/deploy/drift.ts
function driftText(stack) {
  const { name: name2, drift: drift2 } = stack;
  if (drift2?.status !== "DRIFTED") return void 0;
  const when = drift2.checkedAt?.toISOString() ?? "at an unknown time";
  return `Stack ${name2} has drifted (looked at ${when}): resources were changed outside CloudFormation. What is not changed here stays as it is; with revertDrift: true it is compared, shown and set back`;
}

// ../plugins/data-lake-node/src/deploy/emptyStack.ts
var import_errors22 = require("@backstage/errors");
var import_promises2 = require("node:timers/promises");
async function deleteDeadStack(waiting, stack) {
  const { clients, request, log, signal, deadline } = waiting;
  log(
    `Stack ${stack.name} is ${stack.status}: its first create failed, and it holds nothing. Deleting it first`
  );
  await startOwnDeletion(clients, request, stack);
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  for (const pause of pauses()) {
    const found = await patience.tryTo(
      () => findStack(clients, stack.id, signal)
    );
    if (found && !found.got) return;
    const left = found?.got ?? stack;
    if (left.status === "DELETE_FAILED" || Date.now() > deadline) {
      throw new import_errors22.ConflictError(
        `Stack ${left.name} could not be deleted (${left.status}: ${left.statusReason ?? "no reason given"}). Delete it (aws:cloudformation:delete), then try again`
      );
    }
    heart.beat(() => `Still deleting stack ${left.name}`);
    await (0, import_promises2.setTimeout)(pause, void 0, { signal });
  }
}
async function deleteEmptyStack(clients, request) {
  const stack = await findStack(clients, request.stackName);
  if (stack?.status !== "REVIEW_IN_PROGRESS") return;
  if (await hasChangeSets(clients, stack.name)) return;
  await startOwnDeletion(clients, request, stack);
}
var startOwnDeletion = (clients, request, { id }) => startDeletion({
  clients,
  stackId: id,
  roleArn: request.roleArn,
  token: void 0
});

// ../plugins/data-lake-node/src/deploy/cancel.ts
var import_client_cloudformation9 = require("@aws-sdk/client-cloudformation");
async function afterCancel(options) {
  const { clients, request, stackId, onCancel, log } = options;
  const link = consoleUrl(clients.target, { of: "stack", stackId });
  const leave = `Cancelled here, but CloudFormation goes on: ${link}`;
  if (onCancel === "leave") {
    log(leave);
    return;
  }
  try {
    const stack = await findStack(clients, stackId);
    const done = await takeBack({ clients, request, stack });
    log(done ? `Cancelled: ${done}: ${link}` : leave);
  } catch (error) {
    log(`${leave}. It could not be taken back: ${error.message}`);
  }
}
async function takeBack(options) {
  const { clients, request, stack } = options;
  if (!stack) return "the stack is gone";
  switch (stack.status) {
    case "UPDATE_IN_PROGRESS":
      await cancelUpdate(clients, request, stack);
      return `CloudFormation takes the update of stack ${stack.name} back, and it will be what it was`;
    case "CREATE_IN_PROGRESS":
      return deleteUnfinished({ clients, request, stack });
    default:
      if (stack.status.endsWith("_IN_PROGRESS")) return void 0;
      return `the operation had ended: stack ${stack.name} is ${stack.status}, and is left so`;
  }
}
async function cancelUpdate(clients, request, stack) {
  await calling(
    {
      what: `cancelling the update of stack ${stack.name}`,
      action: "cloudformation:CancelUpdateStack"
    },
    () => clients.cloudformation.send(
      new import_client_cloudformation9.CancelUpdateStackCommand({
        StackName: stack.id,
        ClientRequestToken: toActToken(request, "cancel", stack.id)
      })
    )
  );
}
async function deleteUnfinished(options) {
  const { clients, request, stack } = options;
  const about = { clients, stackId: stack.id };
  const [newest] = (await listEvents({ ...about, newestPage: true })).slice(-1);
  if (!newest?.token?.startsWith(toAskerName(request))) return void 0;
  const plan = planDeletion({
    stackName: stack.name,
    // it is being created, which a deletion else waits for
    stack: { ...stack, status: "CREATE_COMPLETE" },
    entity: stack.tags[tagKeys.entity],
    resources: await listStackResources(about),
    template: request.template.content
  });
  await startDeletion({
    ...about,
    roleArn: request.roleArn,
    token: toActToken(request, "delete", stack.id)
  });
  const stays = plan.do === "delete" ? plan.stays : [];
  const left = stays.map(
    ({ logicalId, physicalId }) => physicalId ? `${logicalId} (${physicalId})` : logicalId
  );
  return `stack ${stack.name}, which was being created, is deleted${left.length > 0 ? `. What stays, by its policy: ${left.join(", ")}` : ""}`;
}

// ../plugins/data-lake-node/src/deploy/secrets.ts
var mask = "****";
function redact(request, text) {
  return listSecrets(request).reduce(
    (rest, secret) => rest.split(secret).join(mask),
    text
  );
}
function redactError(request, error) {
  for (let one = error; one instanceof Error; one = one.cause) {
    one.message = redact(request, one.message);
    if (one.stack) one.stack = redact(request, one.stack);
  }
  return error;
}
function listSecrets({
  template: template2,
  parameters: parameters2
}) {
  return Object.entries(parameters2).filter(
    ([name2, value]) => template2.parameters[name2]?.noEcho && value.length >= 4
  ).map(([, value]) => value).sort((a, b) => b.length - a.length);
}
function maskOutputs(request, outputs) {
  const declared = asObject(asObject(request.template.content).Outputs);
  return Object.fromEntries(
    Object.entries(outputs).map(([name2, value]) => [
      name2,
      isSecret(declared[name2], request.template) || redact(request, value) !== value ? mask : value
    ])
  );
}
function isSecret(output, template2) {
  const isNoEcho = (name2) => typeof name2 === "string" && Object.hasOwn(template2.parameters, name2) && template2.parameters[name2].noEcho;
  let level = [output];
  while (level.length > 0) {
    for (const value of level) {
      const { Ref, "Fn::Sub": sub } = asObject(value);
      const names = asList(sub).flatMap(
        (text) => typeof text === "string" ? [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name2]) => name2) : []
      );
      if ([Ref, ...names].some(isNoEcho)) return true;
      const isText2 = typeof value === "string";
      if (isText2 && /\{\{resolve:(ssm-secure|secretsmanager):/.test(value)) {
        return true;
      }
    }
    level = level.flatMap(childrenOf);
  }
  return false;
}

// ../plugins/data-lake-node/src/deploy/followDeployment.ts
async function followDeployment(work, operation) {
  const { clients, request, log, signal } = work;
  if (work.wait === false) return begun(work, operation);
  const events = await toTheEnd(work, operation);
  const last = events.findLast(({ ofStack }) => ofStack);
  if (!isSuccess(last.status)) {
    await work.reports?.add(operation.token);
    throw await toFailure(clients, request.stackName, events);
  }
  const { stackId } = last;
  const stack = await findStack(clients, stackId, signal);
  log(`Stack ${request.stackName} is ${last.status}`);
  return {
    ...toResult(operation),
    stackId,
    status: last.status,
    outputs: maskOutputs(request, stack?.outputs ?? {}),
    consoleUrl: linkTo(clients, stackId)
  };
}
async function begun(work, operation) {
  const { clients, log, signal } = work;
  const stack = await findStack(clients, operation.stackId, signal);
  const stackId = stack?.id ?? operation.stackId;
  const link = linkTo(clients, stackId);
  log(`Begun, and not waiting for the end: ${link}`);
  return {
    ...toResult(operation),
    stackId,
    status: stack?.status ?? "unknown",
    outputs: {},
    consoleUrl: link
  };
}
async function toTheEnd(work, { stackId, after, token }) {
  const { clients, signal, onCancel = "leave" } = work;
  const link = linkTo(clients, stackId);
  try {
    return await followOperation({ ...work, stackId, after, consoleUrl: link });
  } catch (error) {
    if (signal?.aborted) {
      await afterCancel({ ...work, stackId, onCancel });
      await work.reports?.add(token);
    }
    throw error;
  }
}
var toResult = ({ token, changes }) => ({
  changed: true,
  changes: changes ?? noChanges,
  changeSetName: toChangeSetOf(token)
});
var noChanges = {
  added: [],
  changed: [],
  replaced: [],
  removed: []
};
function linkTo({ target }, stackId) {
  return consoleUrl(target, { of: "stack", stackId });
}

// ../plugins/data-lake-node/src/deploy/gates.ts
function findGates(change2, { allowReplacement, allowBroaderPermissions }) {
  const gates = [];
  const endangered = listEndangered(change2.resources);
  if (endangered.length > 0 && !allowReplacement) {
    gates.push(
      `${endangered.map(dangerText).join("; ")}. If that is meant, give allowReplacement: true`
    );
  }
  const { broader } = change2;
  if (change2.does === "update" && broader.length > 0) {
    if (!allowBroaderPermissions) {
      gates.push(
        `Permissions get broader: ${broader.map(({ logicalId, text }) => `${logicalId}: ${text}`).join("; ")}. If that is meant, give allowBroaderPermissions: true`
      );
    }
  }
  return gates;
}
function listEndangered(resources) {
  return resources.filter(
    ({ does, stateful }) => stateful && does !== "added" && does !== "changed"
  );
}
function dangerText(change2) {
  const { logicalId, type, physicalId, does, former } = change2;
  const name2 = physicalId ? `${type}, ${physicalId}` : type;
  return `${logicalId} (${name2}) would be ${does}, and what it holds is ${former ?? "deleted"}`;
}

// ../plugins/data-lake-node/src/deploy/planNow.ts
var import_errors24 = require("@backstage/errors");
var import_promises3 = require("node:timers/promises");

// ../plugins/data-lake-node/src/deploy/findWrongRequest.ts
function findWrongRequest(request, stack) {
  return findTooLong(request) ?? findWrongParameter(request, stack);
}
function findTooLong(request) {
  if (!isTooLongForText(request.template) || request.templateBucket) {
    return void 0;
  }
  return `The template has more than ${maxTextBytes} bytes, and CloudFormation takes such a one only from a bucket: give templateBucket, a bucket of the account`;
}
function findWrongParameter({ template: template2, parameters: parameters2 }, stack) {
  const unknown2 = Object.keys(parameters2).filter(
    (name2) => !Object.hasOwn(template2.parameters, name2)
  );
  if (unknown2.length > 0) {
    return `The template has no parameter ${unknown2.join(
      ", "
    )}. It has: ${Object.keys(template2.parameters).join(", ")}`;
  }
  const missing = Object.entries(template2.parameters).filter(([, { hasDefault }]) => !hasDefault).map(([name2]) => name2).filter(
    (name2) => !Object.hasOwn(parameters2, name2) && !stack?.parameterNames.includes(name2)
  );
  if (missing.length > 0) {
    return `The template needs a value for parameter ${missing.join(", ")}`;
  }
  return void 0;
}

// ../plugins/data-lake-node/src/deploy/plan.ts
function planDeployment(basis) {
  const { request, stack } = basis;
  const wrong = findWrongRequest(request, stack);
  if (wrong) return refuse("input", wrong);
  if (!stack) return planCreate(basis);
  const taken = findOtherOwner(request, stack);
  if (taken) return refuse("conflict", taken);
  return planOwn(basis, stack) ?? planByState(basis, stack);
}
function planOwn({ request, lastEvent, told = true, purpose }, stack) {
  const token = lastEvent?.token;
  if (!token?.startsWith(toAskerName(request))) return void 0;
  const { id: stackId, status } = stack;
  const goesOn = stateOf[status] === "busy";
  const isThis = token.startsWith(`${toWorkName(request, purpose)}-`);
  if (isThis && (goesOn || isSuccess(status) || !told)) {
    return { do: "follow", stackId, token };
  }
  return goesOn ? { do: "wait", stackId } : void 0;
}
function planByState(basis, stack) {
  const { request, lastEvent, purpose } = basis;
  switch (stateOf[stack.status]) {
    case "empty":
      return planCreate(basis);
    case "settled":
      return {
        do: "update",
        changeSetName: toChangeSetName(request, {
          basis: lastEvent?.id,
          purpose
        }),
        keptParameters: keptParameters(request, stack)
      };
    case "dead":
      return planAnew(stack);
    case "busy":
      return refuse(
        "conflict",
        `Stack ${stack.name} is ${stack.status}: somebody else's operation is going on. Try again when it has ended`
      );
    case "broken":
      return stack.status === "UPDATE_ROLLBACK_FAILED" && basis.continueRollback ? { do: "continue rollback", stackId: stack.id } : refuse("conflict", brokenText(stack));
    default:
      return refuse(
        "conflict",
        `Stack ${stack.name} is ${stack.status}, which this version does not know`
      );
  }
}
var stateOf = {
  // a first change set was made and never executed: nothing is in it
  REVIEW_IN_PROGRESS: "empty",
  DELETE_COMPLETE: "empty",
  CREATE_COMPLETE: "settled",
  UPDATE_COMPLETE: "settled",
  UPDATE_ROLLBACK_COMPLETE: "settled",
  IMPORT_COMPLETE: "settled",
  IMPORT_ROLLBACK_COMPLETE: "settled",
  // can only be deleted, and holds nothing
  ROLLBACK_COMPLETE: "dead",
  CREATE_IN_PROGRESS: "busy",
  ROLLBACK_IN_PROGRESS: "busy",
  DELETE_IN_PROGRESS: "busy",
  UPDATE_IN_PROGRESS: "busy",
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: "busy",
  UPDATE_ROLLBACK_IN_PROGRESS: "busy",
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: "busy",
  IMPORT_IN_PROGRESS: "busy",
  IMPORT_ROLLBACK_IN_PROGRESS: "busy",
  CREATE_FAILED: "broken",
  ROLLBACK_FAILED: "broken",
  DELETE_FAILED: "broken",
  UPDATE_FAILED: "broken",
  UPDATE_ROLLBACK_FAILED: "broken",
  IMPORT_ROLLBACK_FAILED: "broken"
};
function planCreate({ request, purpose }) {
  return {
    do: "create",
    changeSetName: toChangeSetName(request, { purpose }),
    keptParameters: []
  };
}
function refuse(because, reason) {
  return { do: "refuse", because, reason };
}
function findOtherOwner(request, stack) {
  if (stack.status === "DELETE_COMPLETE") return void 0;
  const ours = request.tags[tagKeys.entity];
  const theirs = stack.tags[tagKeys.entity];
  if (ours === theirs) return void 0;
  if (stack.status === "REVIEW_IN_PROGRESS" && !theirs) return void 0;
  return `The name is taken: stack ${stack.name} exists and belongs to ${theirs ?? "something else (it has no data-lake:entity tag)"}${ours ? `, not to ${ours}` : ""}. Choose another name`;
}
function keptParameters(request, stack) {
  return Object.keys(request.template.parameters).filter(
    (name2) => !Object.hasOwn(request.parameters, name2) && stack.parameterNames.includes(name2)
  );
}
function planAnew(stack) {
  if (stack.terminationProtection) {
    return refuse(
      "conflict",
      `Stack ${stack.name} is ${stack.status} and must be deleted first, but termination protection is on. Turn it off, then try again`
    );
  }
  return { do: "delete first", stackId: stack.id };
}
function brokenText({ name: name2, status, statusReason }) {
  const why = statusReason ? ` (${statusReason})` : "";
  return `Stack ${name2} is ${status}${why} and cannot be updated. ${remedies[status] ?? "Delete it (aws:cloudformation:delete), then try again"}`;
}
var remedies = {
  UPDATE_ROLLBACK_FAILED: "Remove what keeps it from rolling back (its events say what), then deploy with continueRollback: true",
  UPDATE_FAILED: "Its rollback was turned off: roll it back in the console (Stack actions, Roll back), then try again",
  DELETE_FAILED: "Delete it again (aws:cloudformation:delete), which names what keeps it from being deleted",
  IMPORT_ROLLBACK_FAILED: "Continue its rollback in the console, then try again"
};

// ../plugins/data-lake-node/src/deploy/planNow.ts
async function planNow(options) {
  const { log, signal, deadline } = options;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  let waits = false;
  for (const pause of pauses()) {
    const look = () => lookAndPlan(options);
    const found = waits ? await patience.tryTo(look) : { got: await look() };
    if (found && found.got.plan.do !== "wait") {
      return found.got;
    }
    if (Date.now() > deadline) break;
    if (!waits) log("Waiting for what was begun here before");
    waits = true;
    heart.beat(() => "Still waiting for what was begun here before");
    await (0, import_promises3.setTimeout)(pause, void 0, { signal });
  }
  throw new import_errors24.ServiceUnavailableError(
    `An earlier operation on stack ${options.request.stackName} has not ended in time. Run again to go on`
  );
}
async function lookAndPlan(options) {
  const { clients, request, signal, reports } = options;
  const stack = await findStack(clients, request.stackName, signal);
  const newest = stack ? await listEvents({ clients, stackId: stack.id, newestPage: true, signal }) : [];
  const lastEvent = newest.at(-1);
  const token = lastEvent?.token;
  const isOwn = token?.startsWith(toAskerName(request));
  const told = isOwn ? await reports?.has(token) : true;
  const plan = planDeployment({ ...options, stack, lastEvent, told });
  return { stack, newest, plan };
}

// ../plugins/data-lake-node/src/deploy/prepare.ts
var import_errors28 = require("@backstage/errors");
var import_promises4 = require("node:timers/promises");

// ../plugins/data-lake-node/src/deploy/givenTemplate.ts
var import_client_s33 = require("@aws-sdk/client-s3");

// ../plugins/data-lake-node/src/upload/destination.ts
var import_client_s32 = require("@aws-sdk/client-s3");
var import_errors25 = require("@backstage/errors");
async function assertOwnBucket(options) {
  const { clients, bucket, signal } = options;
  const { account, region } = clients.target;
  try {
    await calling(
      { what: `looking for bucket ${bucket}`, action: "s3:ListBucket" },
      () => clients.s3.send(
        new import_client_s32.HeadBucketCommand({
          Bucket: bucket,
          ExpectedBucketOwner: account
        }),
        { abortSignal: signal }
      )
    );
  } catch (error) {
    if (error instanceof import_errors25.NotFoundError) {
      throw new import_errors25.NotFoundError(
        `There is no bucket ${bucket} in account ${account}, region ${region}. Name an existing one, or leave it empty`
      );
    }
    if (error instanceof import_errors25.NotAllowedError && isForbidden(error.cause)) {
      throw new import_errors25.NotAllowedError(
        `Bucket ${bucket} does not belong to account ${account}, or the credentials lack s3:ListBucket on it. Name a bucket of this account`
      );
    }
    throw error;
  }
}
function isForbidden(cause) {
  const { $metadata } = cause ?? {};
  return $metadata?.httpStatusCode === 403;
}

// ../plugins/data-lake-node/src/deploy/givenTemplate.ts
async function givingTemplate(giving, use) {
  const { template: template2, templateBucket } = giving.request;
  if (!isTooLongForText(template2) || templateBucket === void 0) {
    return use({ TemplateBody: template2.body });
  }
  const Key = `data-lake-templates/${giving.name}.template`;
  try {
    return await use({ TemplateURL: await put(giving, templateBucket, Key) });
  } finally {
    await remove(giving, templateBucket, Key);
  }
}
async function put({ clients, request, log, signal }, bucket, Key) {
  await assertOwnBucket({ clients, bucket, signal });
  log(`The template is long: it goes by s3://${bucket}/${Key} meanwhile`);
  await calling(
    { what: `uploading s3://${bucket}/${Key}`, action: "s3:PutObject" },
    () => clients.s3.send(
      new import_client_s33.PutObjectCommand({
        Bucket: bucket,
        ExpectedBucketOwner: clients.target.account,
        Key,
        Body: request.template.body
      }),
      { abortSignal: signal }
    )
  );
  return `${s3Endpoint(clients)}/${bucket}/${Key}`;
}
function s3Endpoint({ settings, target }) {
  const own = settings.findEndpoint("s3");
  if (own) return own.replace(/\/+$/, "");
  const suffix = target.region.startsWith("cn-") ? ".cn" : "";
  return `https://s3.${target.region}.amazonaws.com${suffix}`;
}
async function remove({ clients, log }, bucket, Key) {
  try {
    await calling(
      { what: `removing s3://${bucket}/${Key}`, action: "s3:DeleteObject" },
      () => clients.s3.send(
        new import_client_s33.DeleteObjectCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          Key
        })
      )
    );
  } catch (error) {
    log(`s3://${bucket}/${Key} may be left: ${error.message}`);
  }
}

// ../plugins/data-lake-node/src/deploy/prepare.ts
async function prepareChangeSet(options) {
  const { clients, request, plan, signal } = options;
  try {
    const name2 = plan.changeSetName;
    const changeSet = await givingTemplate(
      { ...options, name: name2 },
      async (template2) => {
        await createChangeSet({
          clients,
          request,
          template: template2,
          name: name2,
          type: plan.do === "create" ? "CREATE" : "UPDATE",
          keptParameters: plan.keptParameters,
          signal
        });
        return settled(options);
      }
    );
    signal?.throwIfAborted();
    if (isRefused(changeSet, plan)) {
      const reason = await reasonOf(options, changeSet);
      await leaveNothing(options);
      throw new import_errors28.InputError(
        `CloudFormation refused the change set of stack ${request.stackName}: ${reason}`
      );
    }
    return changeSet;
  } catch (error) {
    if (signal?.aborted) await leaveNothing(options);
    throw error;
  }
}
async function reasonOf({ clients, request, plan }, { reason }) {
  const invalid = await listValidationErrors({
    clients,
    stackName: request.stackName,
    changeSetName: plan.changeSetName,
    reason
  });
  return invalid.join("; ") || reason || "it gives no reason";
}
function isRefused({ state }, plan) {
  return state === "failed" || state === "empty" && plan.do === "create";
}
async function settled(options) {
  const { clients, request, plan, signal, log, deadline } = options;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  for (const pause of pauses()) {
    const answer = await patience.tryTo(
      () => findChangeSet({
        clients,
        stackName: request.stackName,
        name: plan.changeSetName,
        signal
      })
    );
    const found = answer?.got;
    if (found && found.state !== "pending") return found;
    if (Date.now() > deadline) break;
    heart.beat(() => "CloudFormation is still preparing the change set");
    await (0, import_promises4.setTimeout)(pause, void 0, { signal });
  }
  throw new import_errors28.ServiceUnavailableError(
    `CloudFormation has not prepared the change set of stack ${request.stackName} in time. Try again`
  );
}
async function leaveNothing(options) {
  const { request, plan, log } = options;
  const { stackName } = request;
  try {
    await dropChangeSet(options);
    log("Nothing was changed, and nothing is left behind");
  } catch (error) {
    log(
      `Nothing was changed, but change set ${plan.changeSetName} of stack ${stackName} may be left: ${error.message}`
    );
  }
}
async function dropChangeSet(options) {
  const { clients, request, plan } = options;
  const { stackName } = request;
  await deleteChangeSet({ clients, stackName, name: plan.changeSetName });
  if (plan.do === "create") await deleteEmptyStack(clients, request);
}

// ../plugins/data-lake-node/src/deploy/previewStack.ts
var import_errors29 = require("@backstage/errors");
async function previewStack(options) {
  const { request } = options;
  const asking = {
    ...options,
    log: (line) => options.log(redact(request, line)),
    deadline: Date.now() + (options.timeoutMinutes ?? 10) * 6e4
  };
  try {
    return await preview(asking);
  } catch (error) {
    throw redactError(request, error);
  }
}
async function preview(asking) {
  const { clients, request, log } = asking;
  const now = await planNow({ ...asking, purpose: "preview" });
  const described = await describe(asking, now);
  const there = described.does === "create" ? void 0 : now.stack;
  const drifted = there && driftText(there);
  if (drifted) log(drifted);
  logDescription(clients.target.region, request.stackName, described, log);
  return {
    ...described,
    stackId: there?.id,
    drift: there?.drift?.status,
    consoleUrl: there && consoleUrl(clients.target, { of: "stack", stackId: there.id })
  };
}
async function describe(asking, { plan, stack, newest }) {
  switch (plan.do) {
    case "create":
    case "update":
      return askCloudFormation(asking, plan, {
        stack: plan.do === "update" ? stack : void 0,
        lastEvent: newest.at(-1)?.id
      });
    case "delete first":
      return describeChange({
        ...asking,
        does: "replace",
        resources: toAdded(asking.request)
      });
    default:
      throw toRefusal(plan);
  }
}
function toRefusal(plan) {
  if (plan.do !== "refuse") {
    return new import_errors29.ConflictError(
      "The stack is not in a state that can be previewed; deploy says what to do"
    );
  }
  return plan.because === "input" ? new import_errors29.InputError(plan.reason) : new import_errors29.ConflictError(plan.reason);
}
async function askCloudFormation(asking, plan, of) {
  asking.onChangeSet?.(plan.changeSetName);
  const { state, resources } = await prepareChangeSet({ ...asking, plan });
  try {
    return await describeChange({
      ...asking,
      ...of,
      does: state === "empty" ? "nothing" : plan.do,
      resources,
      changeSetName: plan.changeSetName
    });
  } finally {
    await dropChangeSet({ ...asking, plan });
  }
}
var headlines = {
  create: "would be created",
  update: "would be updated",
  replace: "holds nothing, as its first create failed: would be made anew",
  nothing: "is as it should be: nothing to change"
};
function logDescription(region, stackName, { does, resources, broader, cost }, log) {
  log(`Stack ${stackName} ${headlines[does]}`);
  logResources(resources, log);
  if (broader.length > 0) {
    log(
      does === "update" ? "Permissions that get broader:" : "Permissions that it gives:"
    );
  }
  for (const { logicalId, text } of broader) log(`  ! ${logicalId}: ${text}`);
  const endangered = listEndangered(resources);
  if (endangered.length > 0) log("What holds data and is in danger:");
  for (const change2 of endangered) log(`  ! ${dangerText(change2)}`);
  for (const line of toCostLines(cost, region)) log(line);
}
var marks = {
  added: "+",
  changed: "~",
  "perhaps replaced": "~ perhaps replaced:",
  replaced: "! replaced:",
  removed: "-"
};
function logResources(resources, log) {
  for (const { does, logicalId, type, properties, drifted } of resources) {
    const what = properties.length > 0 ? `: ${properties.join(", ")}` : "";
    const was = drifted ? ", changed outside CloudFormation" : "";
    log(`  ${marks[does]} ${logicalId} (${type}${was})${what}`);
  }
}

// ../plugins/data-lake-node/src/deploy/deployStack.ts
async function deployStack(options) {
  const { request } = options;
  const work = {
    ...options,
    log: (line) => options.log(redact(request, line)),
    deadline: Date.now() + (options.timeoutMinutes ?? 60) * 6e4
  };
  try {
    return await deploy(work);
  } catch (error) {
    throw redactError(request, error);
  }
}
async function deploy(work) {
  for (; ; ) {
    const now = await planNow(work);
    const { plan, stack, newest } = now;
    switch (plan.do) {
      case "refuse":
        throw toRefusal2(plan);
      case "follow":
        return attach(work, { ...now, plan });
      case "delete first":
        await assertPreviewed(work, {
          does: "replace",
          resources: toAdded(work.request)
        });
        await deleteDeadStack(work, stack);
        break;
      case "continue rollback":
        await continueRollback(work, stack, newest.at(-1)?.id);
        break;
      default:
        return change(work, { ...now, plan });
    }
  }
}
function toRefusal2(plan) {
  return plan.because === "input" ? new import_errors30.InputError(plan.reason) : new import_errors30.ConflictError(plan.reason);
}
async function attach(work, { plan, newest }) {
  const { clients, log, signal } = work;
  const { stackId, token } = plan;
  work.onChangeSet?.(toChangeSetOf(token));
  log("Attaching to the operation that an earlier try of this step began");
  const before = newest.findLast((event) => event.token !== token)?.id;
  return followDeployment(work, {
    stackId,
    token,
    after: before ?? await findEventBefore({ clients, stackId, token, signal })
  });
}
async function change(work, now) {
  const { clients, request, log } = work;
  const { plan, stack } = now;
  const { stackName } = request;
  const name2 = plan.changeSetName;
  const verb = plan.do === "create" ? "Creating" : "Updating";
  work.onChangeSet?.(name2);
  log(`${verb} stack ${stackName} with change set ${name2}`);
  const drifted = stack && driftText(stack);
  if (drifted) log(drifted);
  const changeSet = await prepareChangeSet({ ...work, plan });
  const { state, resources } = changeSet;
  if (state === "empty" && stack) {
    await deleteChangeSet({ clients, stackName, name: name2 });
    return unchanged(work, stack);
  }
  logResources(resources, log);
  const token = toExecutionToken(name2, changeSet.id);
  if (state === "ready") {
    await orLeaveNothing(work, plan, async () => {
      await assertMay(work, now, changeSet);
      work.signal?.throwIfAborted();
      await beginExecution({ clients, stackName, name: name2, token });
    });
  }
  return followDeployment(work, {
    stackId: stack?.id ?? stackName,
    after: now.newest.at(-1)?.id,
    token,
    changes: toChanges(resources)
  });
}
function unchanged({ clients, request, log }, stack) {
  log(`Stack ${stack.name} is as it should be: nothing to change`);
  return {
    stackId: stack.id,
    status: stack.status,
    outputs: maskOutputs(request, stack.outputs),
    changed: false,
    changes: noChanges,
    consoleUrl: linkTo(clients, stack.id)
  };
}
async function orLeaveNothing(work, plan, act) {
  try {
    await act();
  } catch (error) {
    await leaveNothing({ ...work, plan });
    throw error;
  }
}
async function assertMay(work, { plan, stack, newest }, { resources }) {
  const described = await assertPreviewed(work, {
    does: plan.do,
    resources,
    changeSetName: plan.changeSetName,
    stack: plan.do === "update" ? stack : void 0,
    lastEvent: newest.at(-1)?.id
  });
  const gates = findGates(described, work.allow ?? {});
  if (gates.length > 0) {
    throw new import_errors30.InputError(
      `Stack ${work.request.stackName} was not changed. ${gates.join(". ")}`
    );
  }
}
async function assertPreviewed(work, change_) {
  const described = await describeChange({ ...work, ...change_ });
  const { previewDigest } = work;
  if (previewDigest !== void 0 && previewDigest !== described.digest) {
    throw new import_errors30.ConflictError(
      `What would be done to stack ${work.request.stackName} is not what was previewed: the stack or the request has changed since. Preview again`
    );
  }
  return described;
}

// ../plugins/data-lake-node/src/upload/content.ts
var partSize = 8 * 1024 * 1024;
var maxSize = 1e4 * partSize;
var chunkSize = 1024 * 1024;

// ../plugins/data-lake-node/src/upload/archive.ts
var maxBytes2 = 250 * 1024 * 1024;
var epoch = new Date(1980, 0, 1);

// ../plugins/data-lake-node/src/upload/manifest.ts
var import_zod5 = require("zod");
var ManifestEntry = import_zod5.z.object({
  path: import_zod5.z.string(),
  sha256: import_zod5.z.string(),
  /** As S3 gave it, or what is no ETag while there is no such object. */
  etag: import_zod5.z.string(),
  size: import_zod5.z.number()
});
var Manifest = import_zod5.z.object({
  version: import_zod5.z.literal(2),
  /** Which upload wrote it: two never write the same. */
  writer: import_zod5.z.string(),
  files: import_zod5.z.array(ManifestEntry)
});

// ../plugins/data-lake-node/src/upload/lanes.ts
var smallBytes = 1024 * 1024;

// ../plugins/data-lake-node/src/project/read.ts
var maxBytes3 = 256 * 1024;

// integration/localAws.ts
function clientsOf(endpoint2, account = "000000000000") {
  return new AwsClientFactory({
    endpoints: { default: endpoint2 },
    credentials: {
      getCredentialProvider: async (options) => ({
        sdkCredentialProvider: async () => ({
          // a 12-digit access key is the local AWS's account
          accessKeyId: options?.accountId ?? "",
          secretAccessKey: "local"
        })
      })
    }
  }).forTarget({ account, region: "us-east-1" });
}

// integration/kill/previewNew.ts
var import_strict = __toESM(require("node:assert/strict"));
var previewNew = {
  run: ({ clients, unique: unique2 }) => previewStack({
    clients,
    log: () => {
    },
    request: {
      stackName: unique2,
      template: parseTemplate(
        '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}',
        { allowedResourceTypes: defaultAllowedResourceTypes }
      ),
      parameters: {},
      tags: {},
      identity: "killed"
    }
  }),
  async verify({ clients, unique: unique2, result }) {
    import_strict.default.equal(result.does, "create");
    import_strict.default.equal(await findStack(clients, unique2), void 0);
  }
};

// integration/kill/stacks.ts
var import_client_s34 = require("@aws-sdk/client-s3");
var import_strict2 = __toESM(require("node:assert/strict"));

// integration/kill/stackState.ts
var import_client_cloudformation10 = require("@aws-sdk/client-cloudformation");
async function countBegun({ cloudformation: cloudformation2 }, stackName, status) {
  let count = 0;
  const pages = (0, import_client_cloudformation10.paginateDescribeStackEvents)(
    { client: cloudformation2 },
    { StackName: stackName }
  );
  for await (const { StackEvents = [] } of pages) {
    count += StackEvents.filter(
      (event) => event.PhysicalResourceId === event.StackId && event.ResourceStatus === status
    ).length;
  }
  return count;
}
async function listOpenChangeSets({ cloudformation: cloudformation2 }, stackName) {
  const { Summaries } = await cloudformation2.send(
    new import_client_cloudformation10.ListChangeSetsCommand({ StackName: stackName })
  );
  return (Summaries ?? []).filter(({ ExecutionStatus }) => ExecutionStatus !== "EXECUTE_COMPLETE").map(({ ChangeSetName }) => ChangeSetName);
}

// integration/kill/stacks.ts
var entity = "component:default/killed";
var template = (resources = {}) => parseTemplate(
  JSON.stringify({
    Parameters: { Text: { Type: "String", Default: "none" } },
    Resources: { Topic: { Type: "AWS::SNS::Topic" }, ...resources },
    Outputs: { Text: { Value: { Ref: "Text" } } }
  }),
  { allowedResourceTypes: defaultAllowedResourceTypes }
);
var long = () => template(
  Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `Parameter${i}`,
      {
        Type: "AWS::SSM::Parameter",
        Properties: { Type: "String", Value: "x".repeat(3e3) }
      }
    ])
  )
);
var deploy2 = ({ clients, unique: unique2 }, change2 = {}) => deployStack({
  clients,
  log: () => {
  },
  request: {
    stackName: unique2,
    template: template(),
    parameters: { Text: "first" },
    tags: { "data-lake:entity": entity },
    identity: "killed",
    ...change2
  }
});
async function verifyStack({ clients, unique: unique2, result }, expected) {
  import_strict2.default.equal(result.status, expected.status);
  import_strict2.default.deepEqual(result.outputs, { Text: expected.text });
  import_strict2.default.deepEqual(await listOpenChangeSets(clients, unique2), []);
  import_strict2.default.equal(await countBegun(clients, unique2, expected.begun), 1);
}
var createStack = {
  run: (options) => deploy2(options),
  verify: (options) => verifyStack(options, {
    status: "CREATE_COMPLETE",
    begun: "CREATE_IN_PROGRESS",
    text: "first"
  })
};
var bucketOf = (unique2) => `${unique2}-templates`;
var updateStack = {
  async prepare(options) {
    await options.clients.s3.send(
      new import_client_s34.CreateBucketCommand({ Bucket: bucketOf(options.unique) })
    );
    await deploy2(options, { identity: "before" });
  },
  run: (options) => deploy2(options, {
    template: long(),
    templateBucket: bucketOf(options.unique),
    parameters: { Text: "second" }
  }),
  async verify(options) {
    await verifyStack(options, {
      status: "UPDATE_COMPLETE",
      begun: "UPDATE_IN_PROGRESS",
      text: "second"
    });
    const { Contents = [] } = await options.clients.s3.send(
      new import_client_s34.ListObjectsV2Command({ Bucket: bucketOf(options.unique) })
    );
    import_strict2.default.deepEqual(Contents, []);
  }
};
var replaceDead = {
  async prepare(options) {
    const broken = template({
      Parameter: {
        Type: "AWS::SSM::Parameter",
        Properties: { Type: "String", Value: { "Fn::ImportValue": "nothing" } }
      }
    });
    await import_strict2.default.rejects(
      deploy2(options, { template: broken, identity: "before" }),
      /ROLLBACK_COMPLETE/
    );
  },
  run: (options) => deploy2(options),
  verify: createStack.verify
};

// integration/kill/deleteFull.ts
var import_client_s35 = require("@aws-sdk/client-s3");
var import_strict3 = __toESM(require("node:assert/strict"));
var entity2 = "component:default/killed";
var deleteFull = {
  async prepare({ clients, unique: unique2 }) {
    const template2 = {
      Resources: {
        Bucket: {
          Type: "AWS::S3::Bucket",
          Properties: { BucketName: unique2 }
        }
      }
    };
    await deployStack({
      clients,
      log: () => {
      },
      request: {
        stackName: unique2,
        template: parseTemplate(JSON.stringify(template2), {
          allowedResourceTypes: defaultAllowedResourceTypes
        }),
        parameters: {},
        tags: { "data-lake:entity": entity2 },
        identity: "before"
      }
    });
    for (const Key of ["a", "b"]) {
      await clients.s3.send(
        new import_client_s35.PutObjectCommand({ Bucket: unique2, Key, Body: Key })
      );
    }
  },
  run: ({ clients, unique: unique2 }) => deleteStack({
    clients,
    stackName: unique2,
    entity: entity2,
    confirm: unique2,
    emptyBuckets: true,
    log: () => {
    }
  }),
  async verify({ clients, unique: unique2, result }) {
    import_strict3.default.match(result.status, /^(DELETE_COMPLETE|NOT_THERE)$/);
    import_strict3.default.equal(await findStack(clients, unique2), void 0);
    await import_strict3.default.rejects(
      clients.s3.send(new import_client_s35.HeadBucketCommand({ Bucket: unique2 }))
    );
  }
};

// integration/kill/works.ts
var works = {
  "create a stack": createStack,
  "update a stack by a long template": updateStack,
  "replace a stack whose first create failed": replaceDead,
  "preview a new stack": previewNew,
  "delete a stack with a full bucket": deleteFull
};

// integration/kill/child.ts
var [name, unique, endpoint] = process.argv.slice(2);
works[name].run({ clients: clientsOf(endpoint), unique }).then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}
`);
    process.exit(1);
  }
);
