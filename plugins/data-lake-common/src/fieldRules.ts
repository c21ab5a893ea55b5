import { cronPattern } from './cron';

/** What one text may be. @public */
export interface FieldRule {
  /** Without nested repetition, and read alike by JavaScript, Python and Java. */
  readonly pattern: RegExp;
  /** What is said to whoever breaks it: the form, an action, the DAG and the command line say the same. */
  readonly words: string;
}

/**
 * Characters that no line of text has: controls, ends of lines, changes of direction, halves of a character.
 * Readers of YAML differ in what they make of them.
 */
const unprintable =
  '\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufeff\\ufffe\\uffff';

/** Names of S3 itself: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const reservedPrefixes = '(?!xn--|sthree-|amzn-s3-demo-)';
const reservedSuffixes = '(?!.*(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)$)';

const bucketName = `${reservedPrefixes}${reservedSuffixes}(?!.*\\.\\.)(?!([0-9]{1,3}\\.){3}[0-9]{1,3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]`;
const entityName = '[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const namespace = '([a-z0-9-]{1,63}/)?';
const subnetId = 'subnet-[0-9a-f]{1,32}';
const securityGroupId = 'sg-[0-9a-f]{1,32}';

/**
 * The rule of each text that a form, an action or `project.yaml` takes: the only place where it is written. The
 * forms have copies, which a test compares.
 *
 * @public
 */
export const fieldRules = {
  projectName: rule(
    `${reservedPrefixes}[a-z][a-z0-9-]{1,18}[a-z0-9]`,
    'must be 3 to 20 lower-case letters, digits and dashes, starting with a letter and not ending in a dash; S3 reserves names that start with xn--, sthree- or amzn-s3-demo-',
  ),
  environmentName: rule(
    '[a-z][a-z0-9]{1,7}',
    'must be 2 to 8 lower-case letters and digits, starting with a letter',
  ),
  description: rule(
    `[^${unprintable}]{0,200}`,
    'must be one line of at most 200 characters, without control characters',
  ),
  entityRef: rule(
    `([A-Za-z][A-Za-z0-9]{0,62}:)?${namespace}${entityName}`,
    'must be an entity reference such as group:default/data-engineering',
  ),
  systemRef: rule(
    `(system:)?${namespace}${entityName}`,
    'must be the name of a system: up to 63 letters, digits, dashes, dots and underscores, starting and ending with a letter or digit',
  ),
  account: rule('[0-9]{12}', 'must be an account id of 12 digits'),
  region: rule(
    '[a-z]{2,4}(-[a-z]{2,9}){1,3}-[0-9]{1,2}',
    'must be a region such as eu-central-1',
  ),
  mwaaEnvironment: rule(
    '[A-Za-z][A-Za-z0-9_-]{0,79}',
    'must be up to 80 letters, digits, dashes and underscores, starting with a letter',
  ),
  airflowVersion: rule(
    '[0-9]{1,2}[.][0-9]{1,3}[.][0-9]{1,3}',
    'must be a version such as 3.3.1',
  ),
  bucket: rule(
    bucketName,
    'must be the name of a general purpose bucket: 3 to 63 lower-case letters, digits, dots and dashes, without the prefixes and suffixes that S3 reserves',
  ),
  optionalBucket: rule(
    `|${bucketName}`,
    'must be the name of a general purpose bucket: 3 to 63 lower-case letters, digits, dots and dashes, without the prefixes and suffixes that S3 reserves; or empty',
  ),
  dagPath: rule(
    '(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}',
    'must be a folder such as dags: letters, digits, dots, underscores, dashes and slashes, not starting with a slash',
  ),
  roleName: rule(
    '[A-Za-z0-9_+=,.@-]{1,64}',
    'must be the name of a role, not its ARN: up to 64 letters, digits and any of _+=,.@-',
  ),
  securityGroup: rule(
    securityGroupId,
    'must be a security group such as sg-0a1b2c3d4e5f60718',
  ),
  subnet: rule(subnetId, 'must be a subnet such as subnet-0a1b2c3d4e5f60718'),
  optionalSubnet: rule(
    `|${subnetId}`,
    'must be a subnet such as subnet-0a1b2c3d4e5f60718, or empty',
  ),
  optionalNetwork: rule(
    `|${securityGroupId},${subnetId},${subnetId}`,
    'must be sg-…,subnet-…,subnet-…, or empty',
  ),
  optionalEmail: rule(
    '|(?!.*(\\.\\.|\\.@|@\\.|-\\.|\\.-|@-))[A-Za-z0-9_%+-][A-Za-z0-9_.%+-]{0,63}@(?!.*[A-Za-z0-9-]{64})[A-Za-z0-9.-]{1,185}\\.[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]',
    'must be one address such as team@example.com, or empty',
  ),
  releaseLabel: rule(
    'emr-[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{1,2}',
    'must be a release of EMR such as emr-7.14.0',
  ),
  instanceType: rule(
    '[a-z0-9-]{1,20}[.][a-z0-9-]{1,20}',
    'must be an instance type such as m5.xlarge',
  ),
  schedule: rule(
    cronPattern,
    'must be a cron expression of five fields in UTC, such as "0 5 * * *", or one of @hourly, @daily, @weekly, @monthly, @quarterly and @yearly',
  ),
  table: rule(
    '[a-z][a-z0-9_]{0,62}',
    'must be up to 63 lower-case letters, digits and underscores, starting with a letter',
  ),
  source: rule(
    `sample:[1-9][0-9]{0,8}|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[^ ${unprintable}]{0,900}`,
    'must be sample:<number of rows> or s3://bucket/prefix/',
  ),
  path: rule(
    `(?!/)(?!\\.\\.(/|$))(?!.*/\\.\\.(/|$))[^\\\\${unprintable}]{1,300}`,
    'must be a path below the project, with forward slashes and without ..',
  ),
  stackName: rule(
    '[A-Za-z][A-Za-z0-9-]{0,30}',
    'must be letters, digits and dashes, such as foundations',
  ),
} satisfies Record<string, FieldRule>;

/** @public */
export type FieldName = keyof typeof fieldRules;

/**
 * Finds what is wrong with a text; undefined if nothing is.
 *
 * @public
 */
export function findFieldProblem(
  field: FieldName,
  text: string,
): string | undefined {
  const { pattern, words } = fieldRules[field];
  return pattern.test(text) ? undefined : words;
}

function rule(pattern: string, words: string): FieldRule {
  return { pattern: new RegExp(`^(${pattern})$`, 'u'), words };
}
