import { commands } from './commands';
import { isOpaque, isRandom } from './random';
import { Range } from './ranges';
import { findByRule, Rule } from './rule';
import { tokens } from './tokens';
import { urls } from './urls';

/** Finds what has the format of a credential, whatever its name. */
export const findFormats = (text: string): Range[] =>
  rules.flatMap(rule => findByRule(text, rule));

/**
 * Every pattern starts where a run of its characters starts or has a bounded length, so that all together are
 * linear.
 */
const general: Rule[] = [
  {
    name: 'PEM',
    reason: 'keys and certificates; one without an end was cut',
    pattern:
      /-----BEGIN [A-Z0-9 ]{1,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g,
  },
  {
    name: 'JWT',
    reason: 'RFC 7519: sessions of MWAA and of Backstage',
    pattern:
      /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*/g,
  },
  {
    name: 'access key id',
    reason:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes',
    pattern: /(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/g,
  },
  {
    name: 'secret access key',
    reason: 'AWS draws 40 characters of base64',
    pattern: /[A-Za-z0-9/+]+/g,
    isSecret: word => word.length === 40 && isRandom(word),
  },
  {
    name: 'session token',
    reason: 'long base64, as STS, Azure and Google give',
    pattern: /[A-Za-z0-9/+=_-]+/g,
    isSecret: word => word.length >= 100 && isRandom(word),
  },
  {
    name: 'credentials after a scheme',
    reason: 'RFC 7235; `Basic authentication` is a word after one',
    pattern: /\b(?:Bearer|Basic)\s{1,8}([A-Za-z0-9._~+/=-]{6,})/gi,
    isSecret: value => !/^[A-Z]?[a-z-]+[.,]?$/.test(value),
  },
  {
    name: 'token after the scheme Token',
    reason: 'Django and GitHub; `token backstage-…-deploy` is a name after one',
    pattern: /\bToken\s{1,8}([A-Za-z0-9._~+/=]{16,})(?![A-Za-z0-9-])/gi,
    isSecret: isOpaque,
  },
  {
    name: 'cookies',
    reason: 'each of them may be a session',
    pattern: /\bcookie2?["']?:\s{0,4}["']?([\w.-]{1,64}=[^\r\n"'\\]{1,4096})/gi,
  },
];

const rules: Rule[] = [...general, ...urls, ...commands, ...tokens];
