/** The kinds of AWS failure, each with one outcome here. */
export type FailureKind =
  | 'denied'
  | 'credentials'
  | 'expired'
  | 'not-found'
  | 'conflict'
  | 'throttled'
  | 'unreachable'
  | 'unavailable'
  | 'input'
  | 'other';

const namesByKind = {
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'AllAccessDisabled',
    'AuthorizationError',
    'AuthorizationErrorException',
    'Forbidden',
    'NotAuthorized',
    'UnauthorizedException',
    'UnauthorizedOperation',
  ],
  credentials: [
    'AuthFailure',
    'CredentialsProviderError',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidAccessKeyId',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'SignatureDoesNotMatch',
    'UnrecognizedClientException',
  ],
  expired: [
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'TokenRefreshRequired',
  ],
  'not-found': [
    'ChangeSetNotFound',
    'ChangeSetNotFoundException',
    'EntityNotFoundException',
    'ExecutionDoesNotExist',
    'NoSuchBucket',
    'NoSuchEntity',
    'NoSuchEntityException',
    'NoSuchKey',
    'NotFound',
    'ParameterNotFound',
    'ResourceNotFound',
    'ResourceNotFoundException',
    'StackNotFoundException',
    'StateMachineDoesNotExist',
  ],
  conflict: [
    'AlreadyExistsException',
    'BucketAlreadyExists',
    'BucketAlreadyOwnedByYou',
    'BucketNotEmpty',
    'ConcurrentModificationException',
    'ConcurrentRunsExceededException',
    'ConditionalRequestConflict',
    'ConflictException',
    'CrawlerRunningException',
    'ExecutionAlreadyExists',
    'InvalidChangeSetStatus',
    'InvalidChangeSetStatusException',
    'OperationInProgressException',
    'PreconditionFailed',
    'ResourceConflictException',
    'ResourceInUseException',
    'TokenAlreadyExistsException',
  ],
  throttled: [
    'BandwidthLimitExceeded',
    'EC2ThrottledException',
    'PriorRequestNotComplete',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'SlowDown',
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'TransactionInProgressException',
  ],
  unreachable: [],
  unavailable: [
    'InternalError',
    'InternalFailure',
    'InternalServerError',
    'InternalServerException',
    'InternalServiceException',
    'OperationTimeoutException',
    'RequestTimeout',
    'RequestTimeoutException',
    'ServiceException',
    'ServiceUnavailable',
    'ServiceUnavailableException',
  ],
  input: [
    'InsufficientCapabilitiesException',
    'InvalidArgument',
    'InvalidArn',
    'InvalidBucketName',
    'InvalidDefinition',
    'InvalidExecutionInput',
    'InvalidInputException',
    'InvalidName',
    'InvalidParameterException',
    'InvalidParameterValueException',
    'InvalidRequestException',
    'LimitExceededException',
    'PermanentRedirect',
    'ValidationError',
    'ValidationException',
  ],
  other: [],
} satisfies Record<FailureKind, string[]>;

/** By the name that the SDK gives an error. */
export const kindByName = new Map(
  Object.entries(namesByKind).flatMap(([kind, names]) =>
    names.map(name => [name, kind as FailureKind] as const),
  ),
);
