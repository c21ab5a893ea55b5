import { credentialsAdvice } from '@data-lake/aws';
import { optionTypes } from './options';

/** Writes a message of the engine for the command line: with its options, and with advice that is of use to CI. */
export const toCliText = (message: string) =>
  toFlags(message).replaceAll(credentialsAdvice, advice);

const advice =
  'In CI, check AWS_ROLE_ARN and that the role trusts this repository, then run the job again; by hand, sign in again (aws sts get-caller-identity shows who you are)';

/** Replaces the engine's option names by flags: `emptyBuckets: true` by `--empty-buckets`. */
const toFlags = (message: string) =>
  message.replace(
    /\b([a-z]+(?:[A-Z][a-z]+)+)\b(?:: (?:true|(\d+)))?/g,
    (whole, name: string, number?: string) => {
      const flag = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
      if (!Object.hasOwn(optionTypes, flag)) return whole;
      return `--${flag}${number ? ` ${number}` : ''}`;
    },
  );
